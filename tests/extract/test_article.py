"""Recorded pages with their answers beside them, and what each rule of reading is for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extract import article, boilerplate, gate, markup
from extract.reasons import NoBody, NotAboutCuts, NotEnglish, Rejected, Unreadable
from extract.records import Page, text_sha256

PAGES = Path(__file__).parent / "pages"
PROSE = "<p>The company said on Monday that it will cut 200 of its jobs and move the work to another site.</p>"
MORE = "<p>Those who leave by the end of the year are offered other posts in the group, a spokesman said.</p>"


def html(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


def page(body: str = PROSE + MORE, head: str = "", **given: str | None) -> Page:
    return Page(**({"url": "https://news.example/a/b"} | given), body=html(body, head))  # type: ignore[arg-type]


@pytest.mark.parametrize("answer", sorted(PAGES.glob("*.json")), ids=lambda path: path.stem)
def test_recorded_page(answer: Path) -> None:
    want = json.loads(answer.read_text(encoding="utf-8"))
    recorded = Page(**want["given"], body=answer.with_suffix(".html").read_bytes(), page_id=answer.stem)
    if "rejected" in want:
        with pytest.raises(Rejected) as reason:
            article.read(recorded)
        assert reason.value.rule == want["rejected"] and want["words"] in reason.value.words
        return
    found = article.read(recorded)
    for name in ("title", "author", "published", "published_from", "site", "canonical_url", "language"):
        assert getattr(found, name) == want[name], name
    assert found.text.split("\n\n") == want["paragraphs"]
    assert found.article_id == answer.stem


def test_every_recorded_page_has_its_answer() -> None:
    assert {p.stem for p in PAGES.glob("*.html")} == {p.stem for p in PAGES.glob("*.json")} != set()


def test_what_is_given_wins_over_the_page() -> None:
    head = '<meta property="og:site_name" content="Page"><meta property="article:published_time" content="2026-01-05">'
    found = article.read(
        page(
            f"<h1>The page's headline about cuts</h1>{PROSE}",
            head,
            title="Given",
            published="2025-12-31",
            site="Mine",
            author="Me",
        )
    )
    assert (found.title, found.published, found.published_from) == ("Given", "2025-12-31", "given")
    assert (found.site, found.author) == ("Mine", "Me")


def test_a_feeds_date_keeps_its_origin() -> None:
    given = Page(url="https://n.example/a", body=html(PROSE), published="2026-01-02T03:04:05Z", published_from="feed")
    found = article.read(given)
    assert (found.published, found.published_from) == ("2026-01-02T03:04:05+00:00", "feed")


@pytest.mark.parametrize(
    ("stated", "fetched", "want"),
    [
        ("2026-01-05", "2026-01-04T00:00:00Z", ("2026-01-05", "meta")),  # 36 hours of grace for clocks and zones
        ("2026-01-07", "2026-01-04T00:00:00Z", ("2026-01-03", "url")),
        ("1994-12-31", None, ("2026-01-03", "url")),
        ("yesterday", None, ("2026-01-03", "url")),
        ("March 4, 2025 at 10:15 am", None, ("2025-03-04T10:15:00", "meta")),
        ("03/04/2025", None, ("2026-01-03", "url")),  # its order is unknown
    ],
)
def test_incredible_dates_give_way_to_the_next_origin(stated: str, fetched: str | None, want: tuple[str, str]) -> None:
    head = f'<meta property="article:published_time" content="{stated}">'
    found = article.read(page(head=head, url="https://n.example/2026/1/3/cuts", fetched_at=fetched))
    assert (found.published, found.published_from) == want


def test_an_incredible_given_date_gives_way_to_the_page() -> None:
    head = '<meta property="article:published_time" content="2026-01-05">'
    found = article.read(page(head=head, published="2031-01-01", fetched_at="2026-01-06T00:00:00Z"))
    assert (found.published, found.published_from) == ("2026-01-05", "meta")


@pytest.mark.parametrize(
    ("heading", "og", "headline", "title", "want"),
    [
        ("Acme cuts 200 jobs", "Acme in trouble", "Acme in crisis", "Acme woes - Daily", "Acme cuts 200 jobs"),
        (
            "Acme cuts 200 jobs",
            "Acme axes jobs",
            "Acme axes 200 jobs",
            "Acme axes 200 jobs | Daily",
            "Acme axes 200 jobs",
        ),
        ("Daily", "Acme cuts 200 jobs - Daily", "", "Acme cuts 200 jobs", "Acme cuts 200 jobs"),
        ("Log in", "Acme cuts 200 jobs", "", "Acme cuts 200 jobs | Daily", "Acme cuts 200 jobs"),
        ("", "", "", "Acme cuts 200 jobs - and Bolt 30 | Daily", "Acme cuts 200 jobs - and Bolt 30"),
        ("", "", "Acme&amp;#8217;s cuts", "", "Acme’s cuts"),
    ],
)
def test_title_is_the_visible_headline_or_what_most_statements_say(
    heading: str, og: str, headline: str, title: str, want: str
) -> None:
    node = json.dumps({"@type": "NewsArticle", "headline": headline})
    head = (
        f'<title>{title}</title><meta property="og:title" content="{og}"><meta property="og:site_name" content="Daily">'
    )
    found = article.read(
        page(f"<h1>{heading}</h1>{PROSE}", f'{head}<script type="application/ld+json">{node}</script>')
    )
    assert found.title == want


@pytest.mark.parametrize(
    ("fetched", "canonical", "want"),
    [
        ("https://www.n.example/a?utm_medium=x&id=3#top", "", "https://www.n.example/a?id=3"),
        ("https://www.n.example/a", "/b/", "https://www.n.example/b/"),
        ("https://www.n.example/a", "https://www.n.example/", "https://www.n.example/a"),  # a template's mistake
        ("https://www.n.example/a", "https://thief.example/a", "https://www.n.example/a"),
        ("https://amp.n.example/a", "https://www.n.example/a", "https://www.n.example/a"),
        ("https://n-example.cdn.ampproject.org/c/s/n.example/a", "https://n.example/a", "https://n.example/a"),
        ("https://n.example/a", "javascript:alert(1)", "https://n.example/a"),
        (None, "https://me:secret@n.example/a", "https://n.example/a"),
    ],
)
def test_address(fetched: str | None, canonical: str, want: str) -> None:
    assert article.read(page(head=f'<link rel="canonical" href="{canonical}">', url=fetched)).url == want


def test_an_article_without_address_is_named_by_its_text() -> None:
    found = article.read(page(url=None))
    assert found.url == found.article_id == f"urn:sha256:{text_sha256(found.title, found.text)}"
    assert found.canonical_url is None and found.site is None


def test_broken_json_ld_does_no_harm() -> None:
    head = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": </script>'
    deep = '<script type="application/ld+json">' + "[" * 100_000 + "</script>"
    assert article.read(page(head=head + deep)).text.startswith("The company said")


def test_paragraphs_in_unusual_places_are_not_lost() -> None:
    inner = "".join(
        f"<div class='c'>{p}</div>"
        for p in (PROSE, MORE, PROSE.replace("Monday", "Friday"), MORE.replace("year", "month"))
    )
    last = "<p>A second plant, which makes doors for the same cars, goes on as before and is even hiring people.</p>"
    text = article.read(page(f"<article><div>{inner}<div class='c'>{last}</div></div></article>")).text
    assert text.count("\n\n") == 4 and text.endswith("hiring people.")


@pytest.mark.parametrize("part", ["aside", "footer", "nav"])
def test_what_stands_beside_the_story_goes(part: str) -> None:
    beside = (
        f"<{part}><p>Staff at a bank in Hull are told that 90 jobs will go when the branch shuts in May.</p></{part}>"
    )
    text = article.read(page(f"{beside}<article>{PROSE}{MORE}</article>")).text
    assert "200 of its jobs" in text and "90 jobs" not in text


def test_a_menu_that_was_never_closed_does_not_cost_the_story() -> None:
    assert "200 of its jobs" in article.read(page(f"<nav><ul></ul><h1>Acme</h1><article>{PROSE}{MORE}")).text


@pytest.mark.parametrize(("last", "kept"), [("School wins prize for its garden.", 3), (MORE * 2, 4)])
def test_a_box_of_links_ends_the_story_only_if_no_prose_follows(last: str, kept: int) -> None:
    lines = ["One plant in Leeds shuts.", "Two hundred people work there.", "Talks go on.", "Read next", last]
    found = boilerplate.paragraphs(lines, [], "")
    assert len(found) == kept and "Read next" not in found


def test_a_linked_statement_is_no_pointer_to_another_story() -> None:
    linked = "<p><a href='/memo'>Acme will lay off 300 people in Leeds, it said in a memo to staff.</a></p>"
    assert "300 people" in article.read(page(f"<h1>Acme</h1>{PROSE}{linked}{MORE}")).text


@pytest.mark.parametrize("declared", ["utf-8", "no-such-charset", None])
def test_a_wrong_or_missing_character_set_is_found_out(declared: str | None) -> None:
    body = html("<p>The firm’s boss said – in a café – that it will cut 200 of its jobs.</p>").decode().encode("cp1252")
    text = article.read(Page(url=None, body=body, content_type=declared and f"text/html; charset={declared}")).text
    assert text == "The firm’s boss said – in a café – that it will cut 200 of its jobs."


def test_header_wins_over_meta_and_byte_order_mark_over_both() -> None:
    assert markup.decode("caf\u00e9".encode("latin-1"), "text/html; charset=iso-8859-1") == "caf\u00e9"
    assert markup.decode("caf\u00e9".encode("utf-16"), "text/html; charset=utf-8") == "caf\u00e9"
    meta = "<meta charset='shift_jis'>\u65e5\u672c".encode("shift_jis")
    assert markup.decode(meta, "text/html").endswith("\u65e5\u672c")


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        (b"<p " + b" ".join(b"a%d=1" % i for i in range(40_000)) + b">cut jobs</p>", "too.many.attributes"),
        (b"<p x='>' " + b" ".join(b"a%d" % i for i in range(600)) + b">cut jobs</p>", "too.many.attributes"),
        (b"<p " + b" ".join(b"a%d" % i for i in range(120)) + b">cut jobs</p>" * 1, None),
        ((b"<p " + b" ".join(b"a%d" % i for i in range(120)) + b">cut jobs</p>") * 60, "too.many.attributes"),
        (b"<p>x" * 60_001, "too.large"),
        (b"x" * (10 * 2**20 + 1), "too.large"),
    ],
)
def test_hostile_pages_are_refused_before_they_are_parsed(body: bytes, rule: str | None) -> None:
    if rule is None:
        assert article.read(Page(url=None, body=body)).text == "cut jobs"
        return
    with pytest.raises(Unreadable) as reason:
        article.read(Page(url=None, body=body))
    assert reason.value.rule == rule


@pytest.mark.parametrize("body", [b"", b" \n", b"<html></html>", html("<h1>Acme cuts jobs</h1>"), html("<div>" * 5000)])
def test_a_page_without_text_is_told(body: bytes) -> None:
    with pytest.raises(NoBody):
        article.read(Page(url=None, body=body))


def test_a_huge_text_is_cut_at_a_paragraph() -> None:
    paragraph = "The company said it will cut the jobs of many people. " * 20
    given = article.read(Page(url=None, title="Cuts", text="\n\n".join([paragraph] * 1000)))
    assert 98_000 < len(given.text) <= 100_000 and given.text.endswith(paragraph)
    read = article.read(page("".join(f"<p>{i} {paragraph}</p>" for i in range(1000))))
    assert 98_000 < len(read.text) <= 100_000 and read.text.endswith("people.")


def test_given_text_stays_as_it_is_so_that_offsets_hold() -> None:
    text = "One\u00a0two.\nThree \u00ad four.  Five"
    found = article.read(Page(url="https://n.example/a", page_id="7", title=" Head\u200bline ", text=text))
    assert (found.title, found.text, found.article_id) == (" Head\u200bline ", text, "7")
    assert article.read(Page(url=None, title="", text="Half \ud83d of it")).text == "Half \ufffd of it"


def test_given_title_or_text_alone_is_an_article() -> None:
    assert article.read(Page(url=None, title="Acme cuts 200 jobs", text="")).text == ""
    assert article.read(Page(url=None, title=None, text="Acme cuts 200 jobs")).title == ""
    with pytest.raises(NoBody):
        article.read(Page(url=None, title=" ", text="\n"))


@pytest.mark.parametrize(
    ("title", "text", "declared", "language"),
    [
        (
            "Renault va supprimer 3.000 postes dans le monde",
            "Le constructeur a annoncé jeudi un plan, selon la presse.",
            "",
            "fr",
        ),
        (
            "Philips schrapt wereldwijd 6000 banen",
            "Dat meldde het bedrijf maandag. De vakbond is woedend over het besluit.",
            "",
            "nl",
        ),
        (
            "Zwolnienia w hucie",
            "Huta zwolni dwustu pracowników, poinformował w poniedziałek zarząd spółki w komunikacie.",
            "",
            "pl",
        ),
        ("חברת הענן מפטרת מאה עובדים", "", "", "he"),
        ("Acme streicht 200 Stellen", "", "de", "de"),
    ],
)
def test_other_languages_are_named_not_read(title: str, text: str, declared: str, language: str) -> None:
    with pytest.raises(NotEnglish) as reason:
        article.read(Page(url=None, title=title, text=text, language=declared or None))
    assert reason.value.rule == "language" and repr(language) in reason.value.words


@pytest.mark.parametrize(
    ("title", "declared"),
    [
        ("Layoffs", None),
        ("Acme cuts 200 jobs", None),
        ("Accenture slashes 19,000 jobs worldwide", None),
        ("Bell Cutting 1,300 Positions, Shuttering Six Radio Stations", None),
        ("The firm is to cut 200 of its jobs in the north of the country", "fr"),  # a template's mistake
    ],
)
def test_short_english_is_english(title: str, declared: str | None) -> None:
    assert article.read(Page(url=None, title=title, text="", language=declared)).language == "en"


def test_reasons_read_as_sentences() -> None:
    with pytest.raises(NotAboutCuts) as reason:
        gate.gate_text("Playoff dates", "The league has told its clubs when they play.")
    assert str(reason.value) == "gate.text: no word of job cuts in headline and 45 characters of text"
