"""Charts in numbers: heights in proportion, whiskers, labels that stay inside and do not lie on each other."""

from __future__ import annotations

from itertools import pairwise

from crawler.report.bands import Portion, Quoted, band
from crawler.report.charts import Bucket, Frame, ceiling, columns, grid
from crawler.report.drawing import _tick
from crawler.report.preview import png, preview
from crawler.report.timelines import Round, timeline


def bucket(label: str, low: int, point: int, high: int, events: int = 1) -> Bucket:
    return Bucket(label, label, "", (low, point, high), events)


def test_columns_are_in_proportion_and_whiskers_span_low_to_high() -> None:
    chart = columns([bucket("Jan", 50, 100, 150), bucket("Feb", 50, 50, 50), bucket("Mar", 0, 0, 0, 0)], 920, 280)
    room = chart.frame.floor - chart.frame.top  # 150 is the end of the scale
    tall, small, none = chart.bars
    assert tall.height == round(room * 100 / 150, 1) and small.height == round(room * 50 / 150, 1) and none.height == 0
    assert tall.spread and not small.spread
    assert (tall.low, tall.high) == (chart.frame.floor - round(room / 3, 1), chart.frame.top)
    assert [note.text for note in chart.notes] == ["100", "50"], "the highest and the last that is not empty"


def test_labels_below_the_axis_do_not_touch_and_years_win() -> None:
    names = ["Jul 2025", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan 2026", *(f"M{n}" for n in range(17))]
    chart = columns([bucket(name, 1, 1, 1) for name in names], 360, 280)
    labels = [tick.label for tick in chart.ticks]
    assert "Jan 2026" in labels and "Dec" not in labels
    edges = [(tick.at - len(tick.label) * 3.2, tick.at + len(tick.label) * 3.2) for tick in chart.ticks]
    assert all(one[1] < other[0] for one, other in pairwise(edges))
    assert edges[0][0] >= 0 and edges[-1][1] <= 360


def test_grid_ends_above_the_highest_value() -> None:
    frame = Frame(920, 280)
    for most in (1, 7, 99, 130, 41_000, 999_999, 3_200_000):
        assert ceiling(most) >= most
        ticks = grid(most, frame)
        assert 2 <= len(ticks) <= 4 and ticks[-1].at == frame.top and ticks[0].at < frame.floor


def test_a_share_that_is_not_known_breaks_the_line() -> None:
    months = [bucket(name, 1, 1, 1) for name in "abcde"]
    shares = [(10.0, 20.0, 40.0), (5.0, 5.0, 5.0), None, (0.0, 0.0, 50.0), None]
    portions = [Portion(one, share) for one, share in zip(months, shares, strict=True)]
    chart = band(portions, [Quoted(1.0, 26.0, "Other 26 %", "")], 920, 280, 50)
    assert len(chart.areas) == 2 and len(chart.lines) == 1 and len(chart.marks) == 3
    assert chart.dots[0].y == chart.frame.y(26, ceiling(50)) and chart.dots[0].x == chart.marks[1][0]
    assert chart.notes[0].text == "0 %"


def test_others_shares_of_one_time_are_labelled_one_above_the_other() -> None:
    portions = [Portion(bucket(name, 1, 1, 1), None) for name in "abc"]
    quoted = [Quoted(2.0, value, f"Count {value:g} %", "") for value in (20.0, 21.0, 22.0)]
    rows = sorted(dot.row for dot in band(portions, quoted, 920, 280, 50).dots)
    assert rows[1] - rows[0] >= 13 and rows[2] - rows[1] >= 13


def test_a_time_line_places_rounds_and_labels_those_with_room() -> None:
    rounds = [
        Round(0.0, 900, "900", "", "", False, True),
        Round(0.001, 899, "899", "", "", False, True),
        Round(0.9, None, "", "", "", False, True),
    ]
    chart = timeline(rounds, [(0.0, "2025"), (0.5, "2026")], 920, 220)
    first, second, unknown = chart.stems
    assert first.x == chart.frame.left and first.note and first.note.text == "900" and second.note is None
    assert first.note.x - len("900") * 3.2 >= 0 and unknown.y == chart.frame.floor
    assert first.y == chart.frame.y(900, 1000)


def test_empty_charts_can_be_drawn() -> None:
    assert columns([], 360, 280).bars == [] and band([], [], 360, 280, 5).lines == [] and timeline([], [], 360, 220)


def test_the_preview_is_a_picture_whose_columns_are_in_proportion() -> None:
    import zlib

    data = preview([10, 5], [5, 0])
    start = data.index(b"IDAT") + 4
    lines = zlib.decompress(data[start : data.index(b"IEND") - 8])
    width = 1200 * 3 + 1
    assert len(lines) == 630 * width
    columns_of = {place: bytes(lines[row * width + 1 + 3 * place] for row in range(630)) for place in (340, 860)}
    blue, orange = columns_of[340].count(0x1F), columns_of[340].count(0xC4)
    assert (blue, orange) == (215, 215), "430 high, the lower half put down to AI"
    assert columns_of[860].count(0x1F) == 215 and columns_of[860].count(0xC4) == 0
    assert png([]) == png([])


def test_nothing_stands_on_the_labels_of_the_scale() -> None:
    tall = [bucket(name, 98_000, 98_000, 98_000) for name in ("Jan 2023", "Feb", "Mar")]
    for width in (360, 920):
        chart = columns(tall, width, 280)
        widest = max(len(tick.label) for tick in chart.grid[:-1]) * 6.4  # the topmost has no column beside it
        assert chart.bars[0].x >= widest
        rounds = [Round(0.0, 98_000, "98,000", "", "", False, True)]
        line = timeline(rounds, [(0.0, "2023")], width, 220)
        assert line.stems[0].x - 5 >= max(len(tick.label) for tick in line.grid[:-1]) * 6.4


def test_a_quarter_is_not_labelled_as_a_year() -> None:
    assert [_tick(key, first=key == "2022-Q4") for key in ("2022-Q4", "2023-Q1", "2023-Q2", "2023-01", "2023-02")] == [
        "Q4 2022", "Q1 2023", "Q2", "Jan 2023", "Feb",
    ]  # fmt: skip
