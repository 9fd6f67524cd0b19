"""The site in a real Chromium, opened from disk: what readers do, on wide screens and phones, by day and by night."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.needs import chromium, missing
from tests.report.conftest import Site

pytestmark = pytest.mark.browser

PATIENCE = 20_000  # ms that a page may take on a busy machine
PAGES = (
    "index.html", "events.html", "companies.html", "industries.html", "months.html", "quoted.html", "sources.html",
    "method.html", "data.html", "event/acme-2026-03.html", "event/zenith-2026-02.html", "company/acme.html",
    "month/2026-03.html",
)  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A Chromium without a window."""
    path = chromium()
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("the Python package playwright")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield running
        running.close()


class Reader:
    """A page in the browser that notes what it should not do: errors, dialogs, requests beyond the site's folder."""

    def __init__(self, browser: Any, site: Site, **context: Any) -> None:
        settings = {"viewport": {"width": 1280, "height": 900}, "locale": "en-GB", "accept_downloads": True} | context
        self.site = site
        self.faults: list[str] = []
        self.page = browser.new_context(**settings).new_page()
        self.page.set_default_timeout(PATIENCE)
        self.page.on("console", lambda message: self.faults.append(f"console: {message.text}"))
        self.page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        self.page.on("dialog", lambda dialog: (self.faults.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        self.page.on("request", self._request)

    def _request(self, request: Any) -> None:
        if not request.url.startswith((self.site.folder.as_uri(), "blob:", "data:")):
            self.faults.append(f"request: {request.url[:200]}")

    def open(self, path: str, fragment: str = "") -> Any:
        """Open a page of the site; the table of all rounds is ready when this returns."""
        self.page.goto("about:blank")
        self.page.goto((self.site.folder / path).as_uri() + fragment)
        if path == "events.html":
            self.page.wait_for_selector("body[data-ready]")
        return self.page

    def rows(self) -> list[str]:
        """The companies of the table's rows."""
        return list(self.page.locator("#rounds tbody th").all_inner_texts())


@pytest.fixture
def reader(browser: Any, site: Site) -> Iterator[Reader]:
    """A reader at a wide screen, who must not have seen a fault at the end."""
    one = Reader(browser, site)
    yield one
    one.page.context.close()
    assert one.faults == []


def found(reader: Reader, *companies: str) -> bool:
    """Does the table come to show just these rows, in this order?"""
    for _ in range(PATIENCE // 50):
        if reader.rows() == list(companies):
            break
        reader.page.wait_for_timeout(50)
    assert reader.rows() == list(companies)
    return reader.page.locator("#status").inner_text().startswith(f"{len(companies)} of 12 rounds")


def test_front_page_shows_charts_and_switches_definitions(reader: Reader) -> None:
    page = reader.open("index.html")
    assert page.locator("h1").inner_text() == "2,581 jobs cut since November 2025, in 11 rounds"
    assert page.locator(".chart.wide .bar").first.bounding_box()["height"] > 0
    assert page.locator(".panel:visible .finding b").inner_text() == "1.5 %"
    page.locator("label[for=d-any]").click()
    assert page.locator(".panel:visible .finding b").inner_text() == "4.3 %"
    assert page.evaluate("location.hash") == "#definition=any"
    page.reload()
    assert page.locator(".panel:visible .finding b").inner_text() == "4.3 %", "the choice stays in the address"


def test_numbers_and_dates_are_in_the_readers_form(browser: Any, site: Site) -> None:
    reader = Reader(browser, site, locale="de-DE")
    page = reader.open("event/acme-2026-03.html")
    assert "2. März 2026" in page.locator(".lede").inner_text()
    page = reader.open("index.html")
    assert "2.581" in page.locator("h1").inner_text()
    page = reader.open("events.html", "#company=gamma")
    assert page.locator("#rounds tbody td").first.inner_text() == "20. März 2026"
    page.context.close()
    assert reader.faults == []


def test_filters_find_by_words_company_kind_date_and_size(reader: Reader) -> None:
    page = reader.open("events.html")
    page.fill("#f-q", "ACME")
    assert found(reader, "Acme", "Acme")
    page.fill("#f-q", "")
    page.fill("#f-company", "zen")
    assert found(reader, "Zenith")
    page.get_by_role("button", name="Clear").click()
    page.locator("#status", has_text="12 of 12 rounds").wait_for()
    page.select_option("#f-ai", "company")
    assert found(reader, "Apex")
    page.select_option("#f-ai", "")
    page.select_option("#f-action", "closure")
    assert found(reader, "Gamma Mills")
    page.select_option("#f-action", "")
    page.select_option("#f-status", "denied")
    assert found(reader, "Betacorp")
    page.select_option("#f-status", "")
    page.fill("#f-to", "2026-02")
    page.fill("#f-from", "2025-12-01")
    assert found(reader, "Zenith", "Apex", "Betacorp")
    page.fill("#f-min", "60")
    page.fill("#f-max", "80")
    assert found(reader, "Zenith")
    assert page.evaluate("location.hash") == "#from=2025-12-01&to=2026-02&min=60&max=80"


def test_sentences_are_searched_when_asked(reader: Reader) -> None:
    page = reader.open("events.html")
    page.fill("#f-q", "will cut 70")
    assert found(reader)
    page.check("#f-quotes")
    assert found(reader, "Zenith")


def test_the_address_brings_a_view_back(reader: Reader) -> None:
    reader.open("events.html", "#min=100&sort=-jobs")
    assert found(reader, "Betacorp", "Gamma Mills", "Acme", "Acme")
    reader.page.evaluate("location.hash = '#company=apex'")
    assert found(reader, "Apex")
    reader.open("events.html", "#page=99&sort=nonsense&min=abc")
    reader.page.locator("#place", has_text="page 1 of 1").wait_for()


def test_the_table_sorts_by_its_heads(reader: Reader) -> None:
    page = reader.open("events.html", "#min=60")
    page.get_by_role("button", name="Company").click()
    assert reader.rows() == ["Acme", "Acme", "Betacorp", "Gamma Mills", "Zenith"]
    head = page.locator("th[data-sort=company]")
    assert head.get_attribute("aria-sort") == "ascending"
    page.get_by_role("button", name="Company").click()
    assert reader.rows()[0] == "Zenith" and head.get_attribute("aria-sort") == "descending"
    page.get_by_role("button", name="Jobs").click()
    assert reader.rows()[0] == "Betacorp"
    page.get_by_role("button", name="Date").click()
    assert reader.rows()[0] == "Gamma Mills"


def test_the_view_is_downloaded_as_csv_safe_for_spreadsheets(reader: Reader, tmp_path: Path) -> None:
    page = reader.open("events.html", "#to=2026-03-10&from=2026-03-10")
    assert found(reader, "=HYPERLINK(1)")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download as CSV").click()
    waiting.value.save_as(tmp_path / "rounds.csv")
    with open(tmp_path / "rounds.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(io.StringIO(file.read())))
    assert [(row["company"], row["headcount"]) for row in rows] == [("'=HYPERLINK(1)", "36")]
    assert rows[0]["evidence"] == "'=HYPERLINK(1) will cut 36 jobs, the company said."
    assert rows[0]["evidence_url"] == "https://a.example/6"


def test_from_a_number_to_its_sentence(reader: Reader) -> None:
    page = reader.open("index.html")
    page.locator(".rounds").get_by_role("link", name="Acme").first.click()
    assert page.locator("h1").inner_text() == "Acme: 950 jobs"
    assert page.locator(".lead mark").inner_text() == "950 jobs"
    page.get_by_role("link", name="c.example").first.click()
    assert page.evaluate("location.hash") == "#article-3"
    page.locator(".crumbs").get_by_role("link", name="Acme").click()
    assert page.locator("h1").inner_text() == "Acme"
    assert page.locator(".chart.wide .stem").count() == 2


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_wider_than_the_window(reader: Reader, path: str) -> None:
    page = reader.open(path)
    for width in (390, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if path in ("index.html", "company/acme.html"):
            assert page.locator(".chart.narrow" if width == 390 else ".chart.wide").first.is_visible()


def test_dark_windows_get_a_dark_page(browser: Any, site: Site) -> None:
    shades = []
    for scheme in ("light", "dark"):
        reader = Reader(browser, site, color_scheme=scheme)
        page = reader.open("index.html")
        colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
        shades.append(sum(int(part) for part in colour.removeprefix("rgb(").removesuffix(")").split(",")))
        page.context.close()
    assert shades[0] > 3 * 200 and shades[1] < 3 * 60


def test_a_keyboard_reaches_the_content_the_choice_and_the_filters(reader: Reader) -> None:
    page = reader.open("index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"
    page.focus("#d-employer")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("location.hash") == "#definition=challenger"
    assert page.evaluate("getComputedStyle(document.querySelector('#d-challenger + label')).outlineStyle") == "solid"
    page = reader.open("events.html")
    page.focus("#f-q")
    page.keyboard.type("gamma")
    assert found(reader, "Gamma Mills")
    page.focus("th[data-sort=jobs] button")
    page.keyboard.press("Enter")
    assert page.locator("th[data-sort=jobs]").get_attribute("aria-sort") == "descending"
    page.locator("#rounds tbody a").focus()
    page.keyboard.press("Enter")
    page.locator("h1", has_text="Gamma Mills: 1,200 jobs").wait_for()


def test_nothing_in_the_charts_takes_the_focus(reader: Reader) -> None:
    page = reader.open("index.html")
    assert page.locator("svg a:not([tabindex='-1'])").count() == 0


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(browser: Any, site: Site, path: str, width: int, scheme: str) -> None:
    try:
        from axe_playwright_python.sync_playwright import Axe
    except ImportError:
        missing("the Python package axe-playwright-python")
    # axe itself needs the right to run, which our pages give to nobody: the policy is set aside for it alone
    reader = Reader(browser, site, color_scheme=scheme, viewport={"width": width, "height": 800}, bypass_csp=True)
    page = reader.open(path)
    report = Axe().run(page)
    faults = [(one["id"], one["impact"], one["nodes"][0]["html"][:200]) for one in report.response["violations"]]
    page.context.close()
    assert faults == []


@pytest.mark.parametrize("word", ["script", "jsurl", "evil", "long", "svg", "hyperlink"])
def test_hostile_names_titles_and_quotes_do_nothing(reader: Reader, word: str) -> None:
    page = reader.open("events.html")
    page.fill("#f-company", word)
    page.locator("#status", has_text=re.compile(r"^1 of 12 rounds")).wait_for()
    assert page.evaluate("window.pwned") is None
    page.locator("#rounds tbody a").click()
    page.wait_for_selector("article.event")
    assert page.evaluate("window.pwned") is None
    for link in page.locator("main a").evaluate_all("all => all.map(a => a.href)"):
        assert link.startswith(("file:", "https://", "http://"))
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    box = page.locator("main").bounding_box()
    assert box and box["height"] < 20_000
    page.locator(".crumbs a").nth(1).click()
    page.wait_for_selector("h1")
    assert page.evaluate("window.pwned") is None


def test_hostile_rows_in_the_table_do_nothing(reader: Reader) -> None:
    page = reader.open("events.html", "#q=x")
    page.locator("#status", has_text="of 12 rounds").wait_for()
    assert page.evaluate("window.pwned") is None and page.locator("#rounds img, #rounds script").count() == 0
    tag = "%22%3E%3Cimg%20src=x%20onerror=window.pwned=1%3E"
    reader.open("events.html", f"#q=%3Cscript%3Ewindow.pwned%3D1%3C/script%3E&company={tag}")
    assert page.evaluate("window.pwned") is None


def test_paper_gets_the_wide_charts_and_the_table(reader: Reader) -> None:
    page = reader.open("index.html")
    page.set_viewport_size({"width": 680, "height": 960})  # of A4 between margins
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator(".chart.wide").first.is_visible() and not page.locator(".chart.narrow").first.is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert not page.locator("details").first.is_visible(), "what is closed cannot be opened on paper"
    page = reader.open("events.html")
    assert page.locator("#rounds tbody tr").first.evaluate("row => getComputedStyle(row).display") == "table-row"
    assert page.evaluate("document.documentElement.scrollWidth") <= 680


def test_labels_of_the_filters_stand_on_one_line(reader: Reader) -> None:
    page = reader.open("events.html")
    for width in (375, 820, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        for label in page.locator("#filters label").all():
            assert label.bounding_box()["height"] < 25, label.inner_text()


def test_countries_are_named_in_the_readers_language(browser: Any, site: Site) -> None:
    reader = Reader(browser, site, locale="de-DE")
    page = reader.open("method.html")
    assert page.locator("data.c").first.inner_text() == "Vereinigte Staaten"
    page.context.close()


def test_without_scripts_the_newest_rounds_and_all_pages_are_there(browser: Any, site: Site) -> None:
    reader = Reader(browser, site, java_script_enabled=False)
    page = reader.page
    page.goto((site.folder / "events.html").as_uri())
    assert page.locator("noscript").count() == 1 and page.locator("#rounds tbody tr").count() == 12
    page.goto((site.folder / "index.html").as_uri())
    assert page.locator(".panel:visible").count() == 1
    page.context.close()


def test_the_page_stands_still_while_it_loads(browser: Any, site: Site) -> None:
    reader = Reader(browser, site)
    reader.page.add_init_script(
        "window.shift = 0; new PerformanceObserver(list => list.getEntries().forEach(one => window.shift += one.value))"
        ".observe({ type: 'layout-shift', buffered: true })"
    )
    for path in ("index.html", "events.html", "event/acme-2026-03.html"):
        page = reader.open(path)
        page.wait_for_timeout(300)
        assert page.evaluate("window.shift") < 0.02, path
    reader.page.context.close()


def test_a_missing_file_is_told(site: Site, browser: Any, tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    for name in ("events.html", "assets/report.css", "assets/report.js", "assets/rounds.js"):
        (tmp_path / name).write_bytes((site.folder / name).read_bytes())
    page = browser.new_page()
    page.goto((tmp_path / "events.html").as_uri())
    page.locator("#status", has_text="cannot be read").wait_for()
    page.context.close()
