"""Which tellings are one round, and what the round's row says."""

from __future__ import annotations

import random
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.clusters import clusters
from extract.records import Claim, Event
from extract.resolve import gathered
from extract.tellings import Telling, tellings
from tests.extract.told import acme, telling

WORDS = (
    "the company said on Monday that it will close two of its four sorting centres in the north and cut the jobs of "
    "those who work there after a year in which fewer parcels came in than at any time since the war and costs rose"
)

# One line a pair: same round or not, and why. Checked by hand against the guide's meaning of a round.
PAIRS: list[tuple[str, bool, Telling, Telling]] = [
    ("the same day and number", True, acme(900, "2026-03-02"), acme(900, "2026-03-02")),
    ("a day later", True, acme(900, "2026-03-02"), acme(900, "2026-03-03")),
    ("1,400 and 1,395", True, acme(1400, "2026-03-02"), acme(1395, "2026-03-04")),
    ("a number and none", True, acme(900, "2026-03-02"), acme(None, "2026-03-05")),
    ("a number and a share", True, acme(900, "2026-03-02"), acme("6%", "2026-03-02")),
    ("10 % and 10.5 %", True, acme("10%", "2026-03-02"), acme("10.5%", "2026-03-03")),
    ("5 % and 10 %", False, acme("5%", "2026-03-02"), acme("10%", "2026-03-09")),
    ("a bound that holds", True, acme("1000+", "2026-03-02"), acme(1100, "2026-03-03")),
    ("hundreds, then 350", True, acme("hundreds", "2026-03-02"), acme(350, "2026-03-06")),
    ("hundreds and 12,000", False, acme("hundreds", "2026-03-02"), acme(12000, "2026-03-06")),
    ("up to 300, then 240", True, acme("<300", "2026-03-02"), acme(240, "2026-03-10")),
    ("a range and a number in it", True, acme("100-200", "2026-03-02"), acme(150, "2026-03-02")),
    ("two rounds in one month", False, acme(300, "2026-03-02"), acme(80, "2026-03-24")),
    ("two numbers far apart in a week", False, acme(2000, "2026-03-02"), acme(150, "2026-03-05")),
    ("no numbers, two months apart", False, acme(None, "2026-03-02"), acme(None, "2026-05-04")),
    ("no numbers, twelve days apart", True, acme(None, "2026-03-02"), acme(None, "2026-03-14")),
    ("the month of the day", True, acme(900, "2026-03"), acme(900, "2026-03-28")),
    ("retold four months later", True, acme(50000, "2026-03-02"), acme(50000, "2026-07-05")),
    ("100 and 100 four months later", False, acme(100, "2026-03-02"), acme(100, "2026-07-05")),
    (
        "retold years later as background",
        True,
        acme(11000, "2022-11-09"),
        acme(11000, None, at="2024-05-01", status="completed"),
    ),
    (
        "background of another round",
        False,
        acme(10000, "2023-03-14"),
        acme(11000, "2022-11", at="2023-03-14", status="completed"),
    ),
    ("rumour and announcement", True, acme(30000, "2026-03-02", status="reported"), acme(21000, "2026-03-09")),
    ("plan and its revision", True, acme(3700, "2026-03-02"), acme(4500, "2026-03-08")),
    ("a site of a national cut", True, acme(12000, "2026-03-02"), acme(630, "2026-03-05", unit="California")),
    ("a site larger than the whole", False, acme(500, "2026-03-02"), acme(2000, "2026-03-05", unit="Texas")),
    (
        "two sites",
        False,
        acme(120, "2026-03-02", unit="Austin office"),
        acme(90, "2026-03-03", unit="Leeds plant"),
    ),
    (
        "one team in more and fewer words",
        True,
        acme(200, "2026-03-02", unit="recruiting"),
        acme(200, "2026-03-02", unit="its recruiting team"),
    ),
    ("a freeze is no cut", False, acme(None, "2026-03-02"), acme(None, "2026-03-02", action="hiring_freeze")),
    ("closure and layoff", True, acme(90, "2026-03-02", action="closure"), acme(90, "2026-03-03")),
    (
        "a rumour and its denial",
        True,
        acme(None, "2026-03-02", status="reported"),
        acme(None, "2026-03-03", status="denied"),
    ),
    (
        "what was announced and another denial",
        False,
        acme(None, "2026-03-02"),
        acme(None, "2026-03-03", status="denied"),
    ),
    ("announced and taken back", True, acme(80, "2026-03-02"), acme(80, "2026-03-20", status="cancelled")),
    ("legal form", True, telling("Acme, Inc.", 900, "2026-03-02"), telling("ACME", 900, "2026-03-02")),
    ("another company", False, telling("Acme", 900, "2026-03-02"), telling("Apex", 900, "2026-03-02")),
    ("without date or figure, later", True, acme(90, "2026-03-02"), telling(at="2026-06-01", status="completed")),
    ("without date, earlier", False, acme(90, "2026-03-02"), telling(at="2026-01-10", status="completed")),
    ("without date, another number", False, acme(90, "2026-03-02"), telling(figure=400, at="2026-06-01")),
]


@pytest.mark.parametrize(("same", "one", "other"), [p[1:] for p in PAIRS], ids=[p[0] for p in PAIRS])
def test_pair(same: bool, one: Telling, other: Telling) -> None:
    assert [len(gathered(order)) == 1 for order in ([one, other], [other, one])] == [same, same]


def row(*told: Telling) -> Event:
    found = gathered(told)
    assert len(found) == 1, [one.event for one in found]
    return found[0].event


def test_a_chain_of_near_days_does_not_tie_two_rounds_together() -> None:
    days = [f"2026-03-{day:02}" for day in (1, 9, 17, 25)]
    assert len(clusters(acme(None, day) for day in days)) == 2


def test_parts_join_the_whole_and_its_figure_stays() -> None:
    event = row(
        acme(321, "2026-03-02", unit="newsroom"),
        acme(90, "2026-03-03", unit="printing plant"),
        acme(3400, "2026-03-02"),
    )
    assert (event.headcount, event.unit, event.n_articles) == (3400, None, 3)


@pytest.mark.parametrize(
    ("told", "point", "low", "high", "relation"),
    [
        # the employer's word before the press's, whichever came later
        ([acme(1000, "2026-03-02"), acme(1050, "2026-03-03", status="reported")], 1000, 1000, 1000, "exact"),
        # later before earlier
        ([acme(3700, "2026-03-02"), acme(4500, "2026-03-08")], 4500, 4500, 4500, "exact"),
        # a number before a bound, though the bound is later
        ([acme(1020, "2026-03-02"), acme("1000+", "2026-03-04")], 1020, 1020, 1020, "exact"),
        # a number before "hundreds", though the employer says only that
        (
            [acme("hundreds", "2026-03-02"), acme(350, "2026-03-03", status="reported")],
            350,
            350,
            350,
            "exact",
        ),
        # a bound is the point, too
        ([acme("<300", "2026-03-02")], 300, None, 300, "at_most"),
        ([acme("100-200", "2026-03-02")], 150, 100, 200, "range"),
        ([acme("hundreds", "2026-03-02")], None, 200, None, "vague"),
        # nothing stated is unknown, never zero
        ([acme("7%", "2026-03-02")], None, None, None, None),
    ],
)
def test_headcount(
    told: list[Telling], point: int | None, low: int | None, high: int | None, relation: str | None
) -> None:
    event = row(*told)
    assert (event.headcount, event.headcount_min, event.headcount_max, event.headcount_relation) == (
        point,
        low,
        high,
        relation,
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Europe", "European jobs"),
        ("German stores", "store in Germany"),
        ("Store Jobs", "stores"),
        ("Dell employees", "sales"),
        ("Lays Off Nearly Half Its Staff", "laying off half its staff"),
    ],
)
def test_one_unit_under_two_names_is_one_round(one: str, other: str) -> None:
    (event,) = [
        found.event
        for found in gathered(
            [telling("Dell", 900, "2026-03-02", unit=one), telling("Dell", None, "2026-03-03", unit=other)]
        )
    ]
    assert event.n_articles == 2


@pytest.mark.parametrize(
    ("one", "other"), [("Europe", "Asia"), ("German stores", "French stores"), ("sales", "engineering")]
)
def test_two_units_are_two_rounds(one: str, other: str) -> None:
    assert len(gathered([acme(900, "2026-03-02", unit=one), acme(None, "2026-03-03", unit=other)])) == 2


def test_what_names_only_the_staff_is_no_unit() -> None:
    assert row(telling("Dell", 6650, "2026-02-06", unit="Dell employees")).unit is None


def test_one_misreading_does_not_undo_what_many_agree_on() -> None:
    many = [acme(1000, "2026-03-02", url=f"https://paper{n}.example/a") for n in range(5)]
    late = acme(900, "2026-03-06", url="https://blog.example/a")
    assert row(*many, late).headcount == 1000
    assert row(*many, late, acme(900, "2026-03-07", url="https://wire.example/a")).headcount == 900


def test_date_is_that_of_the_first_news_to_the_day() -> None:
    event = row(
        acme(900, "2026-03-04"),
        acme(900, "2026-03"),
        acme(900, "2026-03-02"),
    )
    assert (event.date, event.date_precision) == ("2026-03-02", "day")
    assert row(acme(900, "2026-Q1")).date_precision == "quarter"


def test_revisions_move_one_event_through_its_states() -> None:
    event = row(
        acme("10%", "2026-03-02", status="reported"),
        acme("11%", "2026-03-05", status="announced"),
        acme(1432, "2026-03-12", status="announced"),
    )
    assert (event.date, event.status, event.pct_max, event.headcount) == ("2026-03-02", "announced", 11, 1432)


@pytest.mark.parametrize(
    ("voices", "ai", "contested"),
    [
        (["none", "third_party"], "third_party", False),
        (["third_party", "company"], "company", False),
        (["company", "denied"], "denied", True),
        (["third_party", "denied", "none"], "denied", True),
        (["denied", "none"], "denied", False),
        (["none"], "none", False),
    ],
)
def test_ai(voices: list[str], ai: str, contested: bool) -> None:
    told = [acme(90, "2026-03-02", url=f"https://{voice}.example/", ai=voice) for voice in voices]
    event = row(*told)
    assert (event.ai, event.contested) == (ai, contested)
    assert event.ai_evidence_url == (None if ai == "none" else f"https://{ai}.example/")


def test_articles_publishers_and_independent_reports_are_counted() -> None:
    copy = WORDS.replace("Monday", "Tuesday")
    told = [
        telling(
            figure=90, date="2026-03-02", url="https://www.wire.example/1", title="Acme to cut 90 jobs", text=WORDS
        ),
        acme(90, "2026-03-03", url="https://paper.example/1", title="Job cuts at Acme", text=copy),
        telling(
            figure=90, date="2026-03-04", url="https://wire.example/2", title="Acme", text="Acme confirmed the cuts."
        ),
    ]
    event = row(*told)
    assert (event.n_articles, event.n_publishers, event.n_independent) == (3, 2, 2)
    assert (event.first_reported, event.last_reported, event.updated_at) == ("2026-03-02", "2026-03-04", "2026-03-04")
    assert event.source_urls == ("https://www.wire.example/1", "https://paper.example/1", "https://wire.example/2")


def test_ids_are_readable_and_told_apart_by_letters() -> None:
    told = [
        telling("AT&T", 900, "2026-03-02"),
        telling("AT&T", 40, "2026-03-25"),
        telling("AT&T", 7000, "2026-03-30", unit="Texas"),
        telling("Zeta", 5, None, at="2026-01-01"),
        telling("Zeta", 700, "2026-Q2"),
        telling("小米", 10, "2026-03"),
    ]
    ids = {one.event.event_id: one.event.headcount for one in gathered(told)}
    digest = next(i for i in ids if i and i.startswith("company-"))
    assert ids == {
        "at-and-t-2026-03": 900, "at-and-t-2026-03-b": 40, "at-and-t-2026-03-c": 7000,
        "zeta-undated": 5, "zeta-2026": 700, digest: 10,
    }  # fmt: skip


def test_every_order_gives_the_same_events() -> None:
    told = [one for _, _, *pair in PAIRS[:10] for one in pair]
    first = gathered(told)
    for seed in range(20):
        random.Random(seed).shuffle(told)
        assert gathered(told) == first
    few = [
        acme(f, f"2026-03-{d:02}", unit=u)
        for f, d, u in ((900, 2, None), (80, 9, "Leeds"), ("hundreds", 14, None), (None, 20, None))
    ]
    assert len({repr(gathered(order)) for order in permutations(few)}) == 1


FIGURES = st.sampled_from([None, 80, 100, 900, 1000, 1395, 1400, "hundreds", "1000+", "<300", "10%", "11%", "100-200"])
DAYS = st.sampled_from(
    [None, "2026", "2026-Q1", "2026-03", "2026-03-02", "2026-03-09", "2026-03-20", "2026-04-02", "2026-07-05"]
)
TOLD = st.builds(
    telling,
    who=st.sampled_from(["Acme", "Acme Inc", "Apex"]),
    figure=FIGURES,
    date=DAYS,
    at=st.sampled_from([None, "2026-03-10", "2026-08-01"]),
    status=st.sampled_from(["announced", "reported", "completed", "denied", "cancelled", "considered"]),
    unit=st.sampled_from([None, None, "Leeds plant", "sales"]),
    action=st.sampled_from(["layoff", "closure", "hiring_freeze"]),
    ai=st.sampled_from(["none", "company", "third_party", "denied"]),
)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(TOLD, max_size=9, unique_by=lambda t: t.article.url), st.randoms(use_true_random=False))
def test_order_changes_nothing(told: list[Telling], chance: random.Random) -> None:
    first = gathered(told)
    chance.shuffle(told)
    assert gathered(told) == first
    assert sum(one.event.n_articles for one in first) == len(told)
    assert len({one.event.event_id for one in first}) == len(first)


def _claim(round_: int, company: str, start: int, **columns: Any) -> Claim:
    known: dict[str, Any] = {"kind": "cut", "field": "text", "quote": "", "rule": "test"} | columns
    return Claim(
        round=round_, company=company, start=start, end=start, sentence_start=start, sentence_end=start + 10, **known
    )


def test_claims_go_to_the_event_whose_evidence_lies_in_their_sentence() -> None:
    article = telling().article
    said = [_claim(1, "Acme", 0), _claim(1, "Acme", 5, kind="date"), _claim(2, "Acme", 40), _claim(3, "Apex", 20)]
    places: dict[str, Any] = {"evidence_field": "text", "evidence_end": 50}
    events = [
        Event(company="Acme", evidence_start=40, **places),
        Event(company="Acme", evidence_start=0, **places | {"evidence_end": 9}),
    ]
    shares = [[claim.round for claim in one.claims] for one in tellings(article, said, events)]
    assert shares == [[2], [1, 1]]


def test_rival_figures_keep_their_role() -> None:
    def speaking(figure: int, date: str) -> Telling:
        claim = _claim(1, "Acme", 0, kind="headcount", low=float(figure), high=float(figure), quote=str(figure))
        told = acme(figure, date)
        return Telling(told.article, told.event, (claim,))

    found = gathered(
        [
            speaking(3700, "2026-03-02"),
            speaking(4500, "2026-03-08"),
            speaking(4500, "2026-03-09"),
            speaking(4000, "2026-03-10"),
        ]
    )
    roles = [(claim.low, role) for _, claim, role in found[0].claims]
    assert found[0].event.headcount == 4000  # the latest
    assert roles == [(3700.0, "agrees"), (4500.0, "superseded"), (4500.0, "superseded"), (4000.0, "chosen")]
