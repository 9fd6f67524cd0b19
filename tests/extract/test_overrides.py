"""Lines of corrections by hand: what holds, what does not and in which words, and how the file grows."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.overrides import HEADER, SETTABLE, Override, OverrideError, appended, load, parsed
from extract.records import Event

GOOD = "2026-04-01,merge,acme-2026-03-b,,acme-2026-03,https://b.example/ https://a.example/,one round,me"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "overrides.csv"


def write(path: Path, *lines: str) -> None:
    path.write_text("\n".join((",".join(HEADER), *lines)) + "\n", encoding="utf-8")


def test_lines_come_in_their_order_with_their_numbers(path: Path) -> None:
    accept = '2026-04-02,accept,acme-2026-03,,,,"seen\nand agreed, twice",'
    write(path, "# a note", GOOD, "", accept, "2026-04-03,set,acme-2026-03,unit,,,no unit after all,")
    found = load(path)
    assert [(line.action, number) for line, number in found.items()] == [("merge", 3), ("accept", 5), ("set", 7)]
    merge, accepted, _ = found
    assert merge.events == ("acme-2026-03-b", "acme-2026-03")
    assert merge.articles == ("https://b.example/", "https://a.example/")
    assert (accepted.reason, accepted.articles) == ("seen\nand agreed, twice", ("",))
    assert len({line.override_id for line in found}) == 3


def test_no_file_and_an_empty_one(path: Path) -> None:
    assert load(path) == {}
    path.write_text("", encoding="utf-8")
    assert load(path) == {}
    path.write_bytes(b"\xef\xbb\xbf" + ",".join(HEADER).encode() + b"\r\n" + GOOD.encode() + b"\r\n")
    assert len(load(path)) == 1, "as a spreadsheet writes it"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("yesterday,accept,acme-2026-03,,,,,", "date 'yesterday' is not a day such as 2026-11-24"),
        ("2026-02-30,accept,acme-2026-03,,,,,", "date '2026-02-30' is not a day"),
        ("2026-04-01,mrge,a-2026,,b-2026,,why,", "'mrge' is not one of merge, split, set, reject, accept; near: merge"),
        ("2026-04-01,reject,acme-2026-03,,,,,", "reject needs a reason"),
        ("2026-04-01,reject,Acme March,,,,why,", "'Acme March' is not an event's id such as acme-2026-03"),
        ("2026-04-01,merge,acme-2026-03,,,,why,", "'' is not an event's id"),
        ("2026-04-01,merge,acme-2026-03,,acme-2026-03,,why,", "acme-2026-03 cannot be merged into itself"),
        ("2026-04-01,split,acme-2026-03,,,,why,", "split needs the addresses of the articles that go"),
        ("2026-04-01,accept,acme-2026-03,headcount,,,,", "accept takes no field, and here is 'headcount'"),
        ("2026-04-01,accept,acme-2026-03,,900,,,", "accept takes no value, and here is '900'"),
        ("2026-04-01,set,acme-2026-03,headcout,900,,why,", "field 'headcout' cannot be set; near: headcount"),
        ("2026-04-01,set,acme-2026-03,event_id,x,,why,", "field 'event_id' cannot be set"),
        ("2026-04-01,set,acme-2026-03,headcount,-900,,why,", "headcount '-900' is not a whole number such as 1200"),
        ("2026-04-01,set,acme-2026-03,headcount,17%,,why,", "headcount '17%' is not a whole number"),
        ("2026-04-01,set,acme-2026-03,pct_min,170,,why,", "pct_min '170' is not a share of the workforce in per cent"),
        ("2026-04-01,set,acme-2026-03,date,March,,why,", "date 'March' is not an ISO day, month, quarter or year"),
        ("2026-04-01,set,acme-2026-03,ai,compny,,why,", "not one of denied, company, third_party, none; near: company"),
        ("2026-04-01,set,acme-2026-03,status,,,why,", "status must not be empty"),
        ("2026-04-01,set,acme-2026-03,job_country,Türkiye,,why,", "is not a country's two capital letters"),
        ("2026-04-01,set,acme-2026-03,headcount,900,,why", "7 cells where the header has 8"),
        ('2026-04-01,accept,acme-2026-03,,,,"open,', "unexpected end of data"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_file_and_line(path: Path, line: str, words: str) -> None:
    write(path, GOOD, line)
    with pytest.raises(OverrideError) as told:
        load(path)
    assert str(told.value).startswith(f"{path}:3: ") and words in str(told.value)


def test_header_repetition_and_encoding(path: Path) -> None:
    write(path, GOOD, GOOD)
    with pytest.raises(OverrideError, match=r"overrides\.csv:3: stands already in line 2; remove one"):
        load(path)
    path.write_text(GOOD + "\n", encoding="utf-8")
    with pytest.raises(OverrideError, match=r":1: the first line must be date,action,event"):
        load(path)
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(OverrideError, match="not UTF-8 at byte 0"):
        load(path)


def test_a_country_has_one_code_however_it_is_called() -> None:
    assert parsed("job_country", "TR") == "TR"
    for name in ("Turkey", "tr", "TUR"):
        with pytest.raises(ValueError, match="two capital letters"):
            parsed("job_country", name)


def test_what_can_be_set_are_columns_and_empty_is_unknown() -> None:
    assert set(SETTABLE) <= set(Event.__dataclass_fields__)
    assert (parsed("headcount", "1200"), parsed("headcount", ""), parsed("pct_max", "12.5")) == (1200, None, 12.5)


@pytest.mark.parametrize("before", ["", ",".join(HEADER) + "\n", ",".join(HEADER) + "\n" + GOOD])
def test_appending(path: Path, before: str) -> None:
    if before:
        path.write_text(before, encoding="utf-8")
    old = path.read_text(encoding="utf-8") if before else ""
    line = Override("2026-05-01", "set", "acme-2026-03", "unit", 'the "north", all of it', "", "a, b", "me")
    appended(path, line)
    assert path.read_text(encoding="utf-8").startswith(old)
    assert list(load(path))[-1] == line
    with pytest.raises(ValueError, match="needs a reason"):
        appended(path, Override("2026-05-01", "reject", "acme-2026-03", "", "", "", "", ""))
    assert list(load(path))[-1] == line, "what does not hold is not written"
