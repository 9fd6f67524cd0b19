"""Events held against another list: pairs, differences, and what either side lacks."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.compare import Comparison, Entry, compare, differences
from extract.records import Event
from extract.trackers import NoColumn, Unreadable, iso, number, read


def entry(line: int, company: str, date: str | None, headcount: int | None = None, pct: float | None = None) -> Entry:
    return Entry(line=line, company=company, date=date, headcount=headcount, pct=pct)


def event(name: str, company: str, date: str | None, headcount: int | None = None) -> Event:
    return Event(
        event_id=name, company=company, date=date, headcount=headcount, headcount_min=headcount, headcount_max=headcount
    )


def told(
    found: Comparison,
) -> tuple[list[tuple[int, str | None]], list[tuple[int, str | None]], list[int], list[str | None]]:
    return (
        [(pair.entry.line, pair.event.event_id) for pair in found.matched],
        [(pair.entry.line, pair.event.event_id) for pair in found.differing],
        [one.line for one in found.missing_here],
        [one.event_id for one in found.missing_there],
    )


def test_matched_differing_and_missing_on_either_side() -> None:
    entries = [
        entry(2, "ACME, Inc.", "2026-03-04", 900),
        entry(3, "Apex", "2026-03-10", 50),
        entry(4, "Nowhere", "2026-03-12", 5),
        entry(5, "Zenith", "2026-04-30"),
    ]
    events = [
        event("a", "Acme", "2026-03-02", 900), event("b", "Apex", "2026-03-10", 40),
        event("c", "Solo", "2026-03-20", 7), event("d", "Solo", "2026-06-20", 7), event("e", "Solo", None, 7),
        event("z", "Zenith", "2026-05", 70),
    ]  # fmt: skip
    found = compare(entries, events, days=14)
    assert told(found) == ([(2, "a"), (5, "z")], [(3, "b")], [4], ["c"])
    assert found.differing[0].differs == ("headcount",)
    assert [pair.days for pair in found.matched] == [2, 1]
    assert told(compare(entries, events, days=1))[2] == [2, 4]


def test_each_row_and_event_is_paired_once_with_the_one_that_fits_best() -> None:
    entries = [entry(2, "Acme", "2026-03-12", 60), entry(3, "Acme", "2026-03-02", 900)]
    events = [event("first", "Acme", "2026-03-02", 900), event("second", "Acme", "2026-03-11", 60)]
    wanted = ([(2, "second"), (3, "first")], [], [], [])
    assert told(compare(entries, events, 14)) == wanted
    assert told(compare(entries, events[::-1], 14)) == wanted


def test_further_rows_of_one_round_differ_from_it_and_are_not_missing() -> None:
    entries = [entry(2, "Acme", "2026-03-02", 900), entry(3, "Acme", "2026-03-03", 120)]
    assert told(compare(entries, [event("a", "Acme", "2026-03-02", 900)], 14)) == ([(2, "a")], [(3, "a")], [], [])


def test_without_a_date_only_the_same_figure_fits() -> None:
    events = [event("a", "Acme", None, 900)]
    assert told(compare([entry(2, "Acme", "2026-03-02", 900)], events, 14))[0] == [(2, "a")]
    assert told(compare([entry(2, "Acme", "2026-03-02", 90)], events, 14))[2] == [2]
    assert told(compare([entry(2, "Acme", None)], events, 14))[2] == [2]


@pytest.mark.parametrize(
    ("theirs", "ours", "differ"),
    [
        ({"headcount": 950}, {"headcount_min": 900, "headcount_max": 1000, "headcount": 950}, ()),
        ({"headcount": 10_500}, {"headcount_min": 10_000, "headcount": 10_000}, ()),
        ({"headcount": 9_000}, {"headcount_min": 10_000, "headcount": 10_000}, ("headcount",)),
        ({"headcount": 700}, {"pct_min": 7.0, "pct_max": 7.0}, ()),
        ({"pct": 17.4}, {"pct_min": 17.0, "pct_max": 17.0}, ()),
        ({"pct": 18.0}, {"pct_min": 17.0, "pct_max": 17.0}, ("pct",)),
        ({"headcount": 1, "pct": 2.0}, {"headcount": 3, "pct_max": 1.0}, ("headcount", "pct")),
    ],
)
def test_what_differs(theirs: dict[str, float], ours: dict[str, float], differ: tuple[str, ...]) -> None:
    row = Entry(line=2, company="Acme", date=None, **theirs)  # type: ignore[arg-type]
    assert differences(row, Event(company="Acme", **ours)) == differ  # type: ignore[arg-type]


COLUMNS = {"company": "Company", "date": "Date", "headcount": "Laid Off", "pct": "Share"}


def written(path: Path, *lines: str, encoding: str = "utf-8") -> Path:
    file = path / "list.csv"
    file.write_bytes("\r\n".join(lines).encode(encoding))
    return file


def test_a_list_with_columns_of_its_own(tmp_path: Path) -> None:
    file = written(
        tmp_path, "Date,Source,Company,Laid Off,Share", '3/2/2026,"one, two",Acme,"1,200",0.12',
        "3/14/2026,x,Apex,,", "", '2026-03-09 00:00:00,x,"Zenith\nLabs",Unknown,1', encoding="utf-8-sig",
    )  # fmt: skip
    found = read(file, COLUMNS)
    assert found.bad == []
    assert found.entries == [
        entry(2, "Acme", "2026-03-02", 1200, 12.0),
        entry(3, "Apex", "2026-03-14"),
        entry(5, "Zenith\nLabs", "2026-03-09", None, 100.0),
    ]


def test_day_before_month_is_known_by_the_first_date_that_shows_it(tmp_path: Path) -> None:
    file = written(tmp_path, "Company;Date;Laid Off;Share", "Acme;02/03/2026;5;17%", "Apex;31/03/2026;6;0.5%")
    assert [(one.date, one.pct) for one in read(file, COLUMNS).entries] == [("2026-03-02", 17.0), ("2026-03-31", 0.5)]


def test_rows_that_cannot_be_read_are_told_with_file_and_line(tmp_path: Path) -> None:
    file = written(
        tmp_path, "Company,Date,Laid Off,Share", "Acme,soon,5,", ",2026-03-02,5,", "Apex,2026-03-02,many,", "Zenith,,3,"
    )
    found = read(file, COLUMNS)
    assert [one.company for one in found.entries] == ["Zenith"]
    assert found.bad == [
        f"{file}:2: date 'soon' is not read; write it as 2026-03-14",
        f"{file}:3: no company",
        f"{file}:4: headcount 'many' is no number",
    ]


def test_files_that_are_no_list(tmp_path: Path) -> None:
    with pytest.raises(NoColumn, match="no column 'Laid Off'; it has Company, Date, Share"):
        read(written(tmp_path, "Company,Date,Share", "Acme,2026-03-02,1"), COLUMNS)
    with pytest.raises(Unreadable, match="empty"):
        read(written(tmp_path, ""), COLUMNS)
    with pytest.raises(Unreadable, match="not UTF-8 at byte 17"):
        read(written(tmp_path, "Company,Date", "Caf\u00e9,2026", encoding="latin-1"), COLUMNS)
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "missing.csv", COLUMNS)


@pytest.mark.parametrize("text", ["soon", "2026-13-01", "31/31/2026", "12", "Spring 2026"])
def test_no_date(text: str) -> None:
    with pytest.raises(ValueError, match="is not read"):
        iso(text)


def test_numbers() -> None:
    assert [number(text, "headcount") for text in ("~300", "1 200", "50+", "N/A", "0")] == [300, 1200, 50, None, 0]
    with pytest.raises(ValueError, match="no number"):
        number("12-15", "headcount")
