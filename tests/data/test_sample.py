"""The sample's archive is what its pages say, and its answer fits them."""

from __future__ import annotations

import gzip
import html
import json
import re
import zlib
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from warcio.archiveiterator import ArchiveIterator

from tests.build_sample import ARCHIVE, MANIFEST, PAGES, build, entries, main
from tests.labels import KEYS, faults, figure_faults

ANSWER: dict[str, list[dict[str, Any]]] = json.loads(
    (Path(__file__).parent / "sample_events.json").read_text(encoding="utf-8")
)
OUTCOMES = {"events", "no events", "NotAboutCuts", "NotEnglish", "NoBody"}
FIELDS = [key for key in KEYS if key not in {"aliases", "evidence", "ai_evidence"}]


def plain(file: str) -> str:
    """The words of a page without its tags, scripts and line breaks."""
    markup = (PAGES / file).read_text(encoding="utf-8")
    markup = re.sub(r"<(script|style)\b.*?</\1>", " ", markup, flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", markup)))


def members(packed: bytes) -> list[bytes]:
    """The gzip members of an archive, unpacked."""
    found = []
    while packed:
        reader = zlib.decompressobj(31)
        found.append(reader.decompress(packed) + reader.flush())
        packed = reader.unused_data
    return found


def test_archive_equals_a_rebuild(tmp_path: Path) -> None:
    target = tmp_path / ARCHIVE.name
    assert build(target) == len(entries())
    # Compressed bytes may differ between zlib and its forks; what they hold may not.
    assert members(target.read_bytes()) == members(ARCHIVE.read_bytes()), "run python -m tests.build_sample"


def test_rebuild_is_the_same_twice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    targets = [tmp_path / "one.warc.gz", tmp_path / "two.warc.gz"]
    for target in targets:
        assert main([str(target)]) == 0
    assert targets[0].read_bytes() == targets[1].read_bytes()
    assert sorted(tmp_path.iterdir()) == targets
    assert capsys.readouterr().out.endswith("two.warc.gz: 27 pages\n")


def test_each_record_is_a_gzip_member() -> None:
    parts = members(ARCHIVE.read_bytes())
    assert len(parts) == 1 + len(entries())
    assert all(part.startswith(b"WARC/1.1\r\n") for part in parts)
    assert b"".join(parts) == gzip.decompress(ARCHIVE.read_bytes())


def test_archive_holds_the_pages() -> None:
    with ARCHIVE.open("rb") as stream:
        found = [
            (
                record.rec_headers.get_header("WARC-Target-URI"),
                record.rec_headers.get_header("WARC-Date"),
                record.http_headers.get_statuscode(),
                record.http_headers.get_header("Content-Type"),
                record.content_stream().read(),
            )
            for record in ArchiveIterator(stream, check_digests="raise")
            if record.rec_type == "response"
        ]
    assert found == [(page.url, page.fetched_at, page.status, page.content_type, page.body) for page in entries()]


def test_manifest_and_folder_agree() -> None:
    pages = entries()
    on_disk = {path.relative_to(PAGES).as_posix() for path in PAGES.rglob("*") if path.is_file()}
    assert {page.file for page in pages} == on_disk
    assert len({page.url for page in pages}) == len(pages) == len(on_disk)
    assert len(pages) >= 18
    assert {page.file.split("/")[0] for page in pages} == {"circuitpost", "northgatebusiness", "deccanledger"}
    assert MANIFEST.read_bytes().count(b"\r") == 0
    for page in pages:
        assert str(urlsplit(page.url).hostname).removeprefix("www.") == f"{page.file.split('/')[0]}.example"
        assert datetime.fromisoformat(page.fetched_at).utcoffset() is not None


def test_no_page_leads_out_of_the_invented_web() -> None:
    for page in entries():
        hosts = set(re.findall(r"https?://([^/\"'\s<]+)", page.body.decode()))
        assert all(host.endswith(".example") or host == "schema.org" for host in hosts), page.file


def test_answer_names_every_page_in_order() -> None:
    assert [page["file"] for page in ANSWER["pages"]] == [page.file for page in entries()]
    outcomes = [page["outcome"] for page in ANSWER["pages"]]
    assert set(outcomes) == OUTCOMES
    for page in ANSWER["pages"]:
        assert (page["outcome"] == "events") == bool(page["events"])
        assert page["published"] is None or page["published"] <= fetched_day(page["file"])


def fetched_day(file: str) -> str:
    return next(page.fetched_at[:10] for page in entries() if page.file == file)


@pytest.mark.parametrize("page", ANSWER["pages"], ids=lambda page: page["file"])
def test_answer_stands_in_its_page(page: dict[str, Any]) -> None:
    text = plain(page["file"])
    assert page["title"] in text
    for event in page["events"]:
        assert faults(event, text) == []


def test_merged_rows_come_from_the_pages() -> None:
    told = {(page["file"], event["company"], event["date"]) for page in ANSWER["pages"] for event in page["events"]}
    merged = [(file, row["company"], row["date"]) for row in ANSWER["merged"] for file in row["files"]]
    assert sorted(merged, key=str) == sorted(told, key=str)


@pytest.mark.parametrize("row", ANSWER["merged"], ids=lambda row: f"{row['company']}-{row['date']}")
def test_merged_row_repeats_a_telling(row: dict[str, Any]) -> None:
    tellings = [
        event
        for page in ANSWER["pages"]
        for event in page["events"]
        if page["file"] in row["files"] and (event["company"], event["date"]) == (row["company"], row["date"])
    ]
    assert {key: row[key] for key in FIELDS} in [{key: event[key] for key in FIELDS} for event in tellings]
    assert row["n_articles"] == len(row["files"]) == len(tellings)
    assert row["n_publishers"] == len({file.split("/")[0] for file in row["files"]})
    assert 1 <= row["n_independent"] <= row["n_articles"]
    assert figure_faults(row["headcount_min"], row["headcount_max"], row["headcount_relation"]) == []
