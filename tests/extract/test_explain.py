"""What `scrapy explain` shows: every word once, marks in their places, and why there is no event."""

from __future__ import annotations

import random

from extract.events import MAX_CHARACTERS
from extract.explain import LANES, Explanation, Shown, explain, explain_article, laned, paragraphs, pieces
from extract.records import Article, Page

TITLE = "Acme Robotics cuts 120 jobs"
TEXT = "Acme Robotics said on Monday it will lay off 120 workers.\n\nThere will be no layoffs at Nokia in Espoo."


def article(title: str = TITLE, text: str = TEXT) -> Article:
    return Article(article_id="a", url="https://a.example/", title=title, text=text, published="2026-02-10")


def words(reading: Explanation) -> str:
    title = "".join(piece.text for piece in reading.title)
    return "\n\n".join([title, *("".join(piece.text for piece in found) for found in reading.paragraphs)])


def test_the_pieces_are_the_article() -> None:
    assert words(explain_article(article())) == f"{TITLE}\n\n{TEXT}"


def test_marks_lie_on_their_words() -> None:
    reading = explain_article(article())
    on = {(mark.kind, piece.text) for found in reading.paragraphs for piece in found for mark in piece.marks}
    assert {("cut", "lay off"), ("date", "Monday"), ("cut", "layoffs"), ("headcount", "120 workers")} <= on
    assert {("cut", "cuts"), ("headcount", "120 jobs"), ("company", "Acme Robotics")} <= {
        (mark.kind, piece.text) for piece in reading.title for mark in piece.marks
    }
    assert [piece.text for piece in reading.title if any(mark.used for mark in piece.marks)]


def test_events_claims_and_rejections_are_those_of_the_reader() -> None:
    reading = explain_article(article())
    assert [(event.company, event.headcount) for event in reading.events] == [("Acme Robotics", 120)]
    assert reading.verdict == "One event."
    assert {"cut", "headcount"} <= {claim.kind for claim in reading.claims}
    assert [(one.rule, said) for one, said in reading.rejections] == [
        ("cut.negated", "There will be no layoffs at Nokia in Espoo.")
    ]
    assert reading.counts["rejected"] == 1


def test_why_there_is_no_event() -> None:
    none = explain_article(article("Acme Robotics", "There will be no layoffs at Acme Robotics."))
    assert none.events == () and none.verdict == (
        "No event: what looks like a cut was rejected by cut.negated (says that there is no cut)."
    )
    gone = explain_article(article("A quiet week", "The weather was fine."))
    assert gone.gone is not None and gone.verdict.startswith("Let go by gate.text: ")
    assert words(gone) == "A quiet week\n\nThe weather was fine.", "the text is shown all the same"


def test_a_page_that_cannot_be_read_says_why() -> None:
    nothing = explain(Page(url=None, title="", text=" "))
    assert nothing.gone is not None and nothing.gone.rule == "body.empty" and nothing.name == "page"


def test_a_page_without_a_word_of_cuts_is_shown_with_its_gate() -> None:
    reading = explain(
        Page(url="https://a.example/", body=b"<html><p>" + b"The weather was fine. " * 40 + b"</p></html>")
    )
    assert reading.gone is not None and reading.gone.rule == "gate.bytes"


def test_what_is_not_read_is_told() -> None:
    reading = explain_article(article(text="All is well. " * 9000))
    assert reading.unread == len(TITLE) + 2 + 9000 * 13 - MAX_CHARACTERS


def shown(start: int, end: int, kind: str = "cut") -> Shown:
    return Shown(kind, start, end, "", "rule", used=False)


def test_overlapping_marks_get_lines_of_their_own() -> None:
    found = laned([shown(0, 9), shown(2, 4), shown(4, 6), shown(5, 12), shown(12, 13)])
    assert [(mark.start, mark.lane) for mark in found] == [(0, 0), (2, 1), (4, 1), (5, 2), (12, 0)]
    assert max(mark.lane for mark in laned([shown(i, 99) for i in range(20)])) == LANES - 1


def test_pieces_end_wherever_a_mark_does() -> None:
    found = laned([shown(2, 8), shown(4, 10, "date"), shown(30, 40)])
    made = list(pieces("0123456789ab" + " " * 30, 0, 12, found))
    assert [piece.text for piece in made] == ["01", "23", "4567", "89", "ab"]
    assert [[mark.kind for mark in piece.marks] for piece in made] == [[], ["cut"], ["cut", "date"], ["date"], []]
    assert [len(piece.opens) for piece in made] == [0, 1, 1, 0, 0]
    assert made[2].note(2) == "date (rule)\ncut (rule)" and made[2].note(1) == "cut (rule)"


def test_a_mark_over_two_paragraphs_opens_in_both() -> None:
    text = "ab\n\ncd"
    spans = list(paragraphs(text, 0))
    assert spans == [(0, 2), (4, 6)]
    made = [list(pieces(text, *span, [shown(1, 5)])) for span in spans]
    assert [[piece.text for piece in found] for found in made] == [["a", "b"], ["c", "d"]]
    assert [len(piece.opens) for found in made for piece in found] == [0, 1, 1, 0]


def test_any_marks_leave_the_text_whole() -> None:
    dice = random.Random(7)
    for _ in range(200):
        text = "".join(dice.choice("ab \n") for _ in range(60))
        starts = [dice.randrange(60) for _ in range(8)]
        found = laned([shown(start, min(60, start + 1 + dice.randrange(20))) for start in starts])
        made = list(pieces(text, 10, 50, found))
        assert "".join(piece.text for piece in made) == text[10:50]
        at = 10
        for piece in made:
            over = {(m.start, m.end) for m in found if m.start < at + len(piece.text) and at < m.end}
            assert {(m.start, m.end) for m in piece.marks} == over
            at += len(piece.text)
