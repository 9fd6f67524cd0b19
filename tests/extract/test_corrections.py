"""What lines of corrections make of rounds."""

from __future__ import annotations

from collections.abc import Sequence

from extract.corrections import Corrected, Corrections, columns_of, corrected, slug_of, with_columns
from extract.overrides import Override
from extract.resolve import Round
from extract.tellings import Telling
from tests.extract.told import acme

A, B, C = (acme(n, f"2026-03-{n:02}", url=f"https://{n}.example/") for n in (2, 9, 25))
ROUNDS = {"acme-2026-03": [A, B], "acme-2026-03-b": [C]}


def line(
    action: str, event: str, field: str = "", value: str = "", article: str = "", date: str = "2026-04-01"
) -> Override:
    return Override(date, action, event, field, value, article, "why", "")


def obey(*lines: Override, rounds: dict[str, list[Telling]] = ROUNDS) -> Corrections:
    return corrected(rounds, lines, lambda part: f"acme-2026-03-{'xyz'[len(part.told)]}")


def urls(found: Corrections) -> dict[str, Sequence[str]]:
    return {key: [t.article.url for t in one.told] for key, one in found.events.items()}


def test_merge_and_what_is_said_of_the_old_id_later() -> None:
    found = obey(
        line("merge", "acme-2026-03-b", value="acme-2026-03"), line("set", "acme-2026-03-b", "headcount", "70")
    )
    assert urls(found) == {"acme-2026-03": [t.article.url for t in (A, B, C)]}
    assert found.redirects == {"acme-2026-03-b": "acme-2026-03"}
    assert found.events["acme-2026-03"].columns["headcount_min"] == 70
    again = obey(*[line("merge", "acme-2026-03-b", value="acme-2026-03", date=f"2026-04-0{n}") for n in (1, 2)])
    assert urls(again) == urls(found) and not again.unmet, "what is one already stays one"


def test_split_and_split_again() -> None:
    part = line("split", "acme-2026-03", value="https://9.example/ https://unknown.example/")
    found = obey(part)
    assert urls(found) == {
        "acme-2026-03": [A.article.url], "acme-2026-03-b": [C.article.url], "acme-2026-03-y": [B.article.url],
    }  # fmt: skip
    assert found.events["acme-2026-03-y"].split_from == "acme-2026-03"
    none = obey(part, line("split", "acme-2026-03", value="https://9.example/"))
    assert none.unmet == {
        line("split", "acme-2026-03", value="https://9.example/"): "acme-2026-03 has none of these articles"
    }
    assert list(obey(line("split", "acme-2026-03-b", value="https://25.example/")).unmet.values()) == [
        "no article would be left"
    ]


def test_an_event_is_known_by_its_article_where_it_has_another_id() -> None:
    found = obey(
        line("reject", "acme-2026-03", article="https://25.example/"),
        line("accept", "acme-2026", article="https://2.example/"),
    )
    assert {key: one.columns for key, one in found.events.items()} == {
        "acme-2026-03-b": {"review_status": "rejected"}, "acme-2026-03": {"review_status": "accepted"},
    }  # fmt: skip


def test_an_event_that_is_not_there_is_told() -> None:
    lines = line("reject", "apex-2026-03"), line("merge", "acme-2026-03", value="acme-2025")
    assert list(obey(*lines).unmet.values()) == ["no event apex-2026-03 (yet)", "no event acme-2025 (yet)"]


def test_later_lines_win() -> None:
    found = obey(
        line("set", "acme-2026-03", "headcount", "90"),
        line("set", "acme-2026-03", "headcount_max", "95"),
        line("reject", "acme-2026-03"),
        line("accept", "acme-2026-03"),
    )
    one = found.events["acme-2026-03"]
    set_by_hand = with_columns(Round(A.event, "acme", ()), one.columns)
    event, company_id = set_by_hand.event, set_by_hand.company_id
    assert (event.headcount, event.headcount_min, event.headcount_max, event.review_status) == (90, 90, 95, "accepted")
    assert company_id == "acme" and len(one.lines) == 4


def test_what_a_set_brings_with_it() -> None:
    assert columns_of(line("set", "x", "headcount", "")) == dict.fromkeys(
        ("headcount", "headcount_min", "headcount_max", "headcount_relation")
    )
    assert columns_of(line("set", "x", "date", "2026-Q1")) == {"date": "2026-Q1", "date_precision": "quarter"}
    assert columns_of(line("set", "x", "company", "Meta"))["ticker"] == "META"
    assert columns_of(line("merge", "x", value="y")) == {}


def test_the_company_part_of_an_id() -> None:
    ids = {"studio-54-2026-03": "studio-54", "7-eleven-2026-b": "7-eleven", "acme-undated-c": "acme", "acme": "acme"}
    assert {key: slug_of(key) for key in ids} == ids


def test_corrected_knows_its_articles() -> None:
    assert Corrected("x", [A, B]).urls == {"https://2.example/", "https://9.example/"}
