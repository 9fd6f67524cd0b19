"""What every kind of input gives, and that damage is told and what can be read is read."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import tracemalloc
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from extract import article, inputs
from extract.inputs import BadInput
from extract.records import Page

HTML = (
    b"<html><body><h1>Acme cuts jobs</h1><p>The company said it will cut 200 of its jobs this year.</p></body></html>"
)


def lines(*rows: Any) -> list[Page | BadInput]:
    text = b"".join((row if isinstance(row, bytes) else json.dumps(row).encode()) + b"\n" for row in rows)
    return list(inputs.json_lines(io.BytesIO(text), "in.jsonl"))


def bad(item: Page | BadInput) -> BadInput:
    assert isinstance(item, BadInput)
    return item


def good(item: Page | BadInput) -> Page:
    assert isinstance(item, Page)
    return item


# JSON lines


def test_a_line_with_text() -> None:
    row = {
        "id": "a1",
        "url": "https://n.example/a",
        "published": "2026-01-02",
        "title": "T",
        "text": "Body",
        "site": "N",
    }
    page = good(lines(row | {"kind": "report", "events": []})[0])
    assert (page.page_id, page.url, page.published, page.title, page.text) == (
        "a1",
        row["url"],
        "2026-01-02",
        "T",
        "Body",
    )
    assert (page.site, page.published_from, page.body) == ("N", None, b"")


def test_a_line_with_html_keeps_its_own_title_and_date() -> None:
    html = "<meta charset='latin-1'><h1>Other</h1><p>Caf\u00e9 chain Acme said it will cut 200 of its jobs.</p>"
    page = good(lines({"id": 7, "html": html, "title": "Mine", "published": "2026-01-02"})[0])
    read = article.read(page)
    assert (read.article_id, read.title, read.published, read.published_from) == ("7", "Mine", "2026-01-02", "given")
    assert read.text.startswith("Caf\u00e9")


def test_a_headline_alone_is_a_short_article() -> None:
    assert good(lines({"title": "Acme cuts 200 jobs"})[0]).text == ""
    assert good(lines({"id": None, "title": None, "text": "Acme cuts 200 jobs", "url": None})[0]).page_id is None


def test_blank_lines_and_a_byte_order_mark_are_no_errors() -> None:
    assert [
        good(page).page_id
        for page in lines(b'\xef\xbb\xbf{"id":"a","text":"x"}', b"", b"  \r", {"id": "b", "text": "y"})
    ] == ["a", "b"]


@pytest.mark.parametrize(
    ("line", "page_id", "words"),
    [
        (b'{"id": "x", ', None, "not JSON"),
        (b"[1, 2]", None, "not a JSON object"),
        (b'{"id": "x"}', "x", "neither text nor html"),
        (b'{"id": "x", "text": 5}', "x", "text: not text but int"),
        (b'{"id": ["x"], "text": "a"}', None, "id: neither text nor a whole number"),
        (b'{"id": "x", "text": "a", "published": "soon"}', "x", "published: 'soon' is no date"),
        (b'{"id": "x", "text": "caf\xe9"}', None, "not UTF-8 at byte 24"),
        (b"[" * 200_000, None, "nested too deeply"),
    ],
)
def test_a_bad_line_is_told_and_the_rest_goes_on(line: bytes, page_id: str | None, words: str) -> None:
    first, second, third = lines({"id": "a", "text": "x"}, line, {"id": "b", "text": "y"})
    told = bad(second)
    assert (told.line, told.page_id, told.where) == (2, page_id, "in.jsonl, line 2") and words in told.error
    assert (good(first).page_id, good(third).page_id) == ("a", "b")


def test_an_endless_line_is_told_and_the_rest_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inputs, "MAX_LINE", 100)
    first, second = lines({"id": "a", "text": "x" * 1000}, {"id": "b", "text": "y"})
    assert bad(first).error == "longer than 100 bytes" and good(second).page_id == "b"


def test_a_cut_gzip_file_is_told(tmp_path: Path) -> None:
    rows = b"".join(json.dumps({"id": str(i), "text": str(hash(str(i)))}).encode() + b"\n" for i in range(5000))
    path = tmp_path / "in.jsonl.gz"
    path.write_bytes(gzip.compress(rows)[:-2000])
    *read, last = inputs.pages(path)
    assert len(read) > 1000 and all(isinstance(page, Page) for page in read[:1000])
    assert "damaged from here on" in bad(last).error and bad(last).line is not None


def test_memory_stays_flat_over_many_lines(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    row = json.dumps({"id": "a", "text": "x" * 1000}) + "\n"
    path.write_text(row * 20_000)  # 20 MB
    tracemalloc.start()
    count = sum(1 for _page in inputs.pages(path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 20_000 and peak < 2_000_000


# folders and paths


def test_a_folder_is_read_through_and_through_in_order(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "b.html").write_bytes(HTML)
    (tmp_path / "a.html.gz").write_bytes(gzip.compress(HTML))
    (tmp_path / "sub" / "b.HTM").write_bytes(HTML)
    (tmp_path / "notes.jsonl").write_text("no page\n")
    (tmp_path / "c.warc").write_bytes(archive(1, gzipped=False))
    found = [good(page) for page in inputs.pages(tmp_path)]
    assert [page.page_id for page in found] == ["a.html.gz", "b.html", None, "sub/b.HTM"]
    assert {page.body for page in found} == {HTML} and [page.url for page in found][2] == "https://n.example/0"


def test_one_html_file_is_a_page(tmp_path: Path) -> None:
    path = tmp_path / "x.html"
    path.write_bytes(HTML)
    assert [good(page).page_id for page in inputs.pages(path)] == ["x.html"]


def test_a_damaged_html_file_is_told_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "a.html.gz").write_bytes(gzip.compress(HTML)[:-20])
    (tmp_path / "b.html.gz").write_bytes(b"no gzip")
    (tmp_path / "c.html").write_bytes(HTML)
    first, second, third = inputs.pages(tmp_path)
    assert (bad(first).page_id, bad(second).page_id, good(third).page_id) == ("a.html.gz", "b.html.gz", "c.html")


def test_wrong_paths(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no such file or folder"):
        inputs.pages(tmp_path / "absent")
    (tmp_path / "x.pdf").write_bytes(b"")
    with pytest.raises(ValueError, match=r"x\.pdf: neither a folder nor a file that ends in \.jsonl"):
        inputs.pages(tmp_path / "x.pdf")
    (empty,) = inputs.pages(tmp_path)
    assert "no page in it" in bad(empty).error


# WARC


def record(number: int, body: bytes = HTML, status: str = "200 OK", digest: bool = True, **http: str) -> bytes:
    """One response record; `http` are headers, with _ for -."""
    headers = {"Content-Type": "text/html; charset=utf-8"} | {k.replace("_", "-"): v for k, v in http.items()}
    lines = [f"HTTP/1.1 {status}", *(f"{key}: {value}" for key, value in headers.items() if value)]
    block = "\r\n".join(lines).encode() + b"\r\n\r\n" + body
    checksum = base64.b32encode(hashlib.sha1(block, usedforsecurity=False).digest()).decode()
    fields = [
        "WARC/1.0",
        "WARC-Type: response",
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012}>",
        f"WARC-Target-URI: https://n.example/{number}",
        "WARC-Date: 2026-01-02T03:04:05Z",
        "Content-Type: application/http; msgtype=response",
        *([f"WARC-Block-Digest: sha1:{checksum}"] if digest else []),
        f"Content-Length: {len(block)}",
    ]
    return "\r\n".join(fields).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def archive(count: int, gzipped: bool = True, digest: bool = True) -> bytes:
    records = [record(number, digest=digest) for number in range(count)]
    return b"".join(gzip.compress(r, mtime=0) if gzipped else r for r in records)


def warc(tmp_path: Path, data: bytes, name: str = "in.warc.gz") -> tuple[list[Page], list[BadInput]]:
    path = tmp_path / name
    path.write_bytes(data)
    found = list(inputs.pages(path))
    return [p for p in found if isinstance(p, Page)], [p for p in found if isinstance(p, BadInput)]


@pytest.mark.parametrize("gzipped", [True, False])
def test_an_archive(tmp_path: Path, gzipped: bool) -> None:
    found, damage = warc(tmp_path, archive(3, gzipped), "in.warc.gz" if gzipped else "in.warc")
    assert [page.url for page in found] == [f"https://n.example/{i}" for i in range(3)] and not damage
    page = found[0]
    assert (page.body, page.content_type) == (HTML, "text/html; charset=utf-8")
    assert (page.fetched_at, page.page_id) == ("2026-01-02T03:04:05+00:00", None)


def test_packed_and_chunked_bodies(tmp_path: Path) -> None:
    packed = record(0, gzip.compress(HTML), Content_Encoding="gzip")
    chunked = record(1, b"%x\r\n%b\r\n0\r\n\r\n" % (len(HTML), HTML), Transfer_Encoding="chunked")
    found, damage = warc(tmp_path, packed + chunked, "in.warc")
    assert [page.body for page in found] == [HTML, HTML] and not damage


def test_records_that_are_no_pages_are_counted(tmp_path: Path) -> None:
    info = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nWARC-Record-ID: <urn:uuid:1>\r\nContent-Length: 4\r\n\r\na: b\r\n\r\n"
    rows = [
        record(0, status="404 Not Found"),
        record(1, Content_Type="image/png"),
        record(2, status="301 Moved"),
        record(3, Content_Type=""),
    ]
    path = tmp_path / "in.warc"
    path.write_bytes(info + b"".join(rows))
    skipped: Counter[str] = Counter()
    assert [good(page).url for page in inputs.pages(path, skipped)] == ["https://n.example/3"]
    assert skipped == {"http 404": 1, "http 301": 1, "type image/png": 1}


@pytest.mark.parametrize("cut", [5, 60, 150])
def test_a_cut_packed_archive_gives_all_but_its_last_page(tmp_path: Path, cut: int) -> None:
    found, damage = warc(tmp_path, archive(5)[:-cut])
    assert len(found) == 4 and len(damage) == 1


def test_a_cut_plain_archive_gives_all_but_its_last_page(tmp_path: Path) -> None:
    for digest in (True, False):
        found, damage = warc(tmp_path, archive(5, gzipped=False, digest=digest)[:-60], "in.warc")
        assert len(found) == 4 and len(damage) == 1


def test_a_damaged_record_does_not_hide_those_behind_it(tmp_path: Path) -> None:
    data = bytearray(archive(9))
    middle = len(data) // 2
    data[middle : middle + 40] = bytes(40)
    found, damage = warc(tmp_path, bytes(data))
    assert [page.url[-1] for page in found if page.url] == list("01235678") and len(damage) == 1
    assert "record at byte" in damage[0].where


def test_a_wrong_checksum_is_told(tmp_path: Path) -> None:
    data = archive(3, gzipped=False).replace(b"cut 200", b"cut 900", 1)
    found, damage = warc(tmp_path, data, "in.warc")
    assert [page.url for page in found] == ["https://n.example/1", "https://n.example/2"]
    assert [d.error for d in damage] == ["its content does not fit its checksum"]


def test_a_wrong_length_is_told(tmp_path: Path) -> None:
    head, tail = archive(4, gzipped=False, digest=False).split(b"Content-Length: ", 1)
    found, damage = warc(tmp_path, head + b"Content-Length: 1" + tail, "in.warc")
    assert {page.url for page in found} >= {f"https://n.example/{i}" for i in (1, 2, 3)} and damage


def test_a_body_that_is_not_packed_as_stated_is_told(tmp_path: Path) -> None:
    found, damage = warc(tmp_path, archive(2) + gzip.compress(record(5, Content_Encoding="gzip")) + archive(2))
    assert len(found) == 4 and len(damage) == 1


@pytest.mark.parametrize("data", [b"", b"no archive at all\n" * 50, gzip.compress(b"no archive at all\n" * 50)])
def test_no_archive_at_all_is_told_once(tmp_path: Path, data: bytes) -> None:
    found, damage = warc(tmp_path, data)
    assert not found and len(damage) == 1


def test_rubbish_behind_the_last_record_is_told(tmp_path: Path) -> None:
    found, damage = warc(tmp_path, archive(2) + b"rubbish")
    assert len(found) == 2 and len(damage) == 1
