"""`scrapy explain` as a user runs it: one HTML file, safe against what articles hold, and what goes wrong."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import lxml.html
import pytest
from lxml.html import HtmlElement

from crawler.explained import html
from crawler.html import visible, web
from extract.explain import explain
from extract.records import Page
from pipelines.database import Ledger
from pipelines.erasure import erase
from pipelines.paths import ROOT
from tests.crawler.running import Commands, Done
from tests.pipelines.told import reading

HOSTILE = (
    "</title></style><script>alert(1)</script> Acme Robotics will cut 500 jobs. <img src=x onerror=alert(2)> "
    "{{ 7 * 7 }} {% include 'x' %} \u202egnidaer tfel\u202c \x00\x1b[31m \u05d0\u05d1\u05d2 cut 40 jobs.\n\n"
    + "W" * 10_000 + ' lays off 300 workers. " onfocus="alert(3)" javascript:alert(4)'
)  # fmt: skip


@pytest.fixture
def scrapy(command: Commands) -> Callable[..., Done]:
    """Runs `scrapy explain ARGUMENTS`; its standard output is no terminal."""

    def run(*arguments: str, database: Path | None = None) -> Done:
        on = Commands(database or command.database, command.output)
        return on("explain", *arguments)

    return run


def parsed(text: str) -> HtmlElement:
    return lxml.html.document_fromstring(text)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ledger") / "layoffs.db"
    with Ledger(path) as ledger:
        run = ledger.start_run(spider="test", started_at="2026-03-03T00:00:00+00:00")
        ledger.save(*reading("https://a.example/"), run)
        gone = {"url": "https://b.example/", "reason": "NotAboutCuts", "source": None}
        ledger.reject(run, rule="gate.text", words="no word of job cuts", **gone)
        ledger.rebuild()
    return path


def check_safe(page: str) -> HtmlElement:
    """Nothing in it runs, loads or steers; its policy allows its own style sheet and nothing else."""
    tree = parsed(page)
    assert {element.tag for element in tree.iter() if isinstance(element.tag, str)} <= {
        "html", "head", "meta", "title", "style", "body", "header", "main", "footer", "article", "section", "h1", "h2",
        "h3", "h4", "p", "span", "a", "ul", "li", "div", "dl", "dt", "dd", "blockquote", "table", "thead", "tbody",
        "tr", "th", "td", "code",
    }  # fmt: skip
    allowed = {
        "id", "class", "title", "data-note", "data-head", "tabindex", "href", "rel", "dir", "lang", "scope", "role",
        "aria-label", "aria-labelledby", "charset", "name", "content", "http-equiv",
    }  # fmt: skip
    assert {name for element in tree.iter() for name in element.attrib} <= allowed
    assert all(re.match(r"https?://", link) for link in tree.xpath("//@href"))
    [style] = tree.xpath("//style")
    digest = base64.b64encode(hashlib.sha256(style.text.encode()).digest()).decode()
    [policy] = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert "url(" not in style.text and "@import" not in style.text
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08\x1b]", page)
    return tree


def test_a_file_becomes_one_page(scrapy: Callable[..., Done], tmp_path: Path) -> None:
    row = {
        "id": "a", "url": "https://news.example/acme", "published": "2026-02-10",
        "title": "Acme Robotics cuts 120 jobs",
        "text": "It said so on Monday. There will be no layoffs at Nokia in Espoo.",
    }  # fmt: skip
    (tmp_path / "a.jsonl").write_text(json.dumps(row), encoding="utf-8")
    done = scrapy(str(tmp_path / "a.jsonl"), "-o", str(tmp_path / "a.html"))
    assert (done.status, done.out, done.errors) == (0, "", "")
    tree = check_safe((tmp_path / "a.html").read_text(encoding="utf-8"))
    assert tree.xpath("string(//h2)") == row["title"]
    assert tree.xpath("string(//p[@dir='auto'])") == row["text"]
    [cut] = tree.xpath("//h2//span[contains(@class, 'm cut')]")
    assert cut.text_content() == "cuts" and cut.get("tabindex") == "0"
    assert re.search(r"cut: layoff, \w+ \(cut\.\w+\)", cut.get("title")) and cut.get("data-note") == cut.get("title")
    assert tree.xpath("string(//section/h4)") == "Acme Robotics"
    rows = [
        [cell.text_content() for cell in line.xpath("td")] for line in tree.xpath("//div[@aria-label='Claims']//tr")
    ]
    assert ["headcount", "120", "120 jobs", "title 19–27"] in [cells[:3] + cells[4:] for cells in rows]
    assert tree.xpath("string(//div[@aria-label='Rejected']//td)") == "cut.negated"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.html", "a.jsonl"]


def test_in_a_pipe_the_page_is_printed(scrapy: Callable[..., Done], tmp_path: Path) -> None:
    body = "<html><head><title>Playoffs</title></head><body><article>" + "<p>The team won.</p>" * 30
    (tmp_path / "p.html.gz").write_bytes(gzip.compress(body.encode()))
    done = scrapy(str(tmp_path / "p.html.gz"))
    assert done.status == 0 and done.errors == ""
    tree = check_safe(done.out)
    assert tree.xpath("string(//p[contains(@class, 'verdict')])").startswith("Let go by gate.bytes: ")


def test_hostile_text_stays_text() -> None:
    page = Page(
        url="javascript:alert(5)", page_id="<b>id</b>", title=HOSTILE[:60], text=HOSTILE, published="2026-01-01"
    )
    tree = check_safe(html([explain(page)]))
    text = tree.text_content()
    assert "<script>alert(1)</script>" in text and "{{ 7 * 7 }}" in text and "[U+202E]gnidaer tfel[U+202C]" in text
    assert "[U+0000][U+001B][31m" in text and "W" * 10_000 in text
    assert tree.xpath("//@href") == []
    assert max(map(len, tree.xpath("//@title"))) < 1000


def test_hostile_pages_that_cannot_be_read() -> None:
    tree = check_safe(html([explain(Page(url="<script>alert(1)</script>", page_id=None, text="", title=""))]))
    assert tree.xpath("string(//h2)") == "<script>alert(1)</script>"


@pytest.mark.parametrize(
    "address", ["https://[broken", "ftp://a.example/", "https:///x", "//a.example/", "\x00https://a/"]
)
def test_only_web_addresses_become_links(address: str) -> None:
    assert web(address) == ""


def test_letters_that_need_joiners_keep_them() -> None:
    assert visible("\u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 \U0001f469\u200d\U0001f4bb") == (
        "\u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 \U0001f469\u200d\U0001f4bb"
    )
    assert visible(7) == 7


def test_an_address_is_looked_up(scrapy: Callable[..., Done], database: Path) -> None:
    for url in ("https://a.example/", "https://A.example/?utm_source=x"):
        done = scrapy(url, database=database)
        assert done.status == 0, done.errors
        assert parsed(done.out).xpath("//@href") == ["https://a.example/"]


def test_an_event_shows_its_articles(scrapy: Callable[..., Done], database: Path) -> None:
    done = scrapy("acme-2026-03", database=database)
    assert done.status == 0 and parsed(done.out).xpath("//@href") == ["https://a.example/"]


def test_an_erased_text_is_told(scrapy: Callable[..., Done], tmp_path: Path) -> None:
    path = tmp_path / "layoffs.db"
    with Ledger(path) as ledger:
        run = ledger.start_run(spider="test", started_at="2026-03-03T00:00:00+00:00")
        ledger.save(*reading("https://a.example/"), run)
        [row] = ledger.db.query("select article_id from articles")
        assert erase(ledger.db, path, [row["article_id"]], "request") == 1
    done = scrapy("https://a.example/", database=path)
    assert done.status == 0 and "text was erased (by request)" in done.out


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("https://b.example/", "https://b.example/: its text is not kept, as gate.text let it go: no word of job cuts"),
        ("https://c.example/", "fetch it with: scrapy crawl urls -a url=https://c.example/"),
        ("acme-1999-01", "acme-1999-01: neither a file nor an event of "),
        ("missing.html", "missing.html: no such file or folder"),
        ("README.md", "README.md: neither a folder nor a file that ends in .jsonl"),
    ],
)
def test_what_cannot_be_shown_is_told_in_a_line(
    scrapy: Callable[..., Done], database: Path, what: str, words: str
) -> None:
    done = scrapy(what, database=database)
    errors = done.errors
    assert (done.status, done.out, errors.count("\n")) == (1, "", 1), errors
    assert words in errors


def test_without_database_an_address_says_how_to_fetch(scrapy: Callable[..., Done], tmp_path: Path) -> None:
    done = scrapy("https://c.example/", database=tmp_path / "none.db")
    assert done.status == 1 and "scrapy crawl urls -a url=https://c.example/" in done.errors
    done = scrapy("acme-2026-03", database=tmp_path / "none.db")
    assert done.status == 1 and "no database" in done.errors


def test_one_of_many_is_chosen_by_id(scrapy: Callable[..., Done], tmp_path: Path) -> None:
    lines = [json.dumps({"id": n, "title": f"Acme cuts {n}0 jobs", "text": ""}) for n in range(1, 203)]
    path = tmp_path / "many.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    done = scrapy(str(path), "--id", "7")
    assert parsed(done.out).xpath("//h2")[0].text_content() == "Acme cuts 70 jobs"
    done = scrapy(str(path), "--id", "x")
    assert done.status == 1 and "no article in it with the id 'x'" in done.errors


@pytest.mark.parametrize(
    ("arguments", "words"),
    [([], "name one page"), (["a.html", "b.html"], "name one page"), (["--colour", "x"], "unknown option --colour")],
)
def test_usage(scrapy: Callable[..., Done], arguments: list[str], words: str) -> None:
    done = scrapy(*arguments)
    assert done.status == 2 and words in done.errors


def test_a_file_that_cannot_be_written(scrapy: Callable[..., Done], tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "a", "title": "Acme cuts 70 jobs"}', encoding="utf-8")
    done = scrapy(str(tmp_path / "a.jsonl"), "-o", str(tmp_path / "no" / "a.html"))
    assert done.status == 1 and "No such file or directory" in done.errors and done.errors.count("\n") == 1


def test_a_terminal_is_no_place_for_html(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "a", "title": "Acme cuts 70 jobs"}', encoding="utf-8")
    leader, follower = pty.openpty()
    try:
        command = [sys.executable, "-m", "scrapy", "explain", str(tmp_path / "a.jsonl")]
        done = subprocess.run(command, cwd=ROOT, stdout=follower, stderr=subprocess.PIPE, check=False, timeout=120)
    finally:
        os.close(follower)
        os.close(leader)
    assert done.returncode == 2 and b"-o reading.html" in done.stderr
