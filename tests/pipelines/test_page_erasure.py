"""Pages leave the WARCs that keep them; what stays, stays byte by byte."""

from __future__ import annotations

import fcntl
import gzip
import os
import uuid
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import pytest

from extract import warc
from extract.records import Page
from pipelines.afterwards import tidy_pages
from pipelines.database import Ledger
from pipelines.page_erasure import Unwanted, erase_pages
from pipelines.pages import OPEN
from tests.pipelines.told import reading

DAY = "2026-03-02"
A, B, C = (f"https://{name}.example/story" for name in "abc")


def html(canonical: str = "") -> str:
    link = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    return f"<html><head><title>Cuts</title>{link}</head><body><p>Acme will cut 900 jobs.</p></body></html>"


def record(kind: str, url: str, day: str, block: str) -> bytes:
    """One record, not packed."""
    http = {"request": "request", "response": "response"}.get(kind)
    headers = [
        "WARC/1.1",
        f"WARC-Type: {kind}",
        f"WARC-Record-ID: <urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, kind + url + day)}>",
        f"WARC-Date: {day}T08:00:00Z",
        *([f"WARC-Target-URI: {url}", f"Content-Type: application/http; msgtype={http}"] if http else []),
        f"Content-Length: {len(block.encode())}",
    ]
    return ("\r\n".join(headers) + f"\r\n\r\n{block}\r\n\r\n").encode()


def packed(*pages: tuple[str, str, str]) -> bytes:
    """A WARC as a run writes it: what it is, then request and response of each (url, day, html), each packed alone."""
    found = [record("warcinfo", "", pages[0][1], "software: test\r\n")]
    for url, day, body in pages:
        found.append(record("request", url, day, "GET /story HTTP/1.1\r\n\r\n"))
        found.append(record("response", url, day, f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{body}"))
    return b"".join(gzip.compress(one, mtime=0) for one in found)


def kept(path: Path) -> list[str | None]:
    found = list(warc.pages(path, Counter()))
    assert all(isinstance(page, Page) for page in found)
    return [page.url for page in found if isinstance(page, Page)]


def members(path: Path) -> list[bytes]:
    """The records as packed, each a member of the file."""
    data = path.read_bytes()
    starts = [at for at in range(len(data)) if data.startswith(b"\x1f\x8b\x08", at)] + [len(data)]
    return [data[start:end] for start, end in pairwise(starts)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "pages" / "2026" / "run.warc.gz"
    path.parent.mkdir(parents=True)
    path.write_bytes(packed((A, DAY, html()), (B, DAY, html()), (C, "2026-05-06", html())))
    path.chmod(0o640)
    os.utime(path, (1_700_000_000, 1_700_000_000))
    return path


def erased(file: Path, urls: Iterable[str] = (), before: str = "") -> tuple[int, int]:
    done = erase_pages(file.parents[1], Unwanted(urls, before))
    assert done.failures == []
    return done.pages, done.files


def test_a_page_goes_with_its_request_and_the_rest_stays_byte_by_byte(file: Path) -> None:
    before = members(file)
    assert len(before) == 7
    assert erased(file, [B]) == (1, 1)
    assert members(file) == [*before[:3], *before[5:]] and kept(file) == [A, C]
    assert (file.stat().st_mode & 0o777, file.stat().st_mtime) == (0o640, 1_700_000_000)
    assert [path.name for path in file.parent.iterdir()] == ["run.warc.gz"]
    assert erased(file, [B]) == (0, 0)


def test_every_version_and_every_spelling_of_an_address(file: Path) -> None:
    versions = [(f"{A}?utm_source=feed", DAY, html()), (A, "2026-05-06", html()), (f"{A}s", DAY, html())]
    file.with_name("other.warc.gz").write_bytes(packed(*versions))
    assert erased(file, [f"{A}#top"]) == (3, 2)
    assert kept(file.with_name("other.warc.gz")) == [f"{A}s"]


def test_a_page_that_names_the_address_as_its_own(file: Path) -> None:
    mobile, elsewhere = "https://m.a.example/story/amp", "https://copy.example/story"
    file.write_bytes(packed((mobile, DAY, html(A)), (elsewhere, DAY, html(A)), (C, DAY, html("https://c.example/own"))))
    assert erased(file, [A]) == (1, 1)
    assert kept(file) == [elsewhere, C], "another site's page does not become this one by saying so"


def test_by_age_and_a_file_without_pages_goes(file: Path) -> None:
    assert erased(file, before=DAY) == (0, 0)
    assert erased(file, before="2026-03-03") == (2, 1)
    assert kept(file) == [C]
    assert erased(file, [C]) == (1, 1)
    assert not file.exists()


def test_plain_archives_too(file: Path) -> None:
    plain = file.with_name("plain.warc")
    plain.write_bytes(gzip.decompress(file.read_bytes()))
    file.unlink()
    assert erased(plain, [A]) == (1, 1)
    assert kept(plain) == [B, C]


@pytest.mark.parametrize("folder", ["missing", None])
def test_where_no_pages_are_kept(tmp_path: Path, folder: str | None) -> None:
    assert erase_pages(tmp_path / folder if folder else None, Unwanted([A])).pages == 0


def test_what_cannot_be_rewritten_is_told_and_costs_no_other_file(file: Path) -> None:
    one = file.with_name("one.warc.gz")
    one.write_bytes(gzip.compress(gzip.decompress(file.read_bytes())))
    broken, whole = file.with_name("broken.warc.gz"), file.read_bytes()
    second = whole.index(b"\x1f\x8b\x08", 3)
    broken.write_bytes(whole[: second + 20] + b"\0" * 40 + whole[second + 60 :])
    before = {path: path.read_bytes() for path in (one, broken)}
    done = erase_pages(file.parents[1], Unwanted([A]))
    assert (done.pages, done.files, done.urls) == (1, 1, {A})
    assert len(done.failures) == 2 and "warcio recompress" in "".join(done.failures)
    assert {path: path.read_bytes() for path in before} == before
    assert kept(file) == [B, C]


def test_a_crawl_takes_out_what_is_too_old(file: Path, tmp_path: Path) -> None:
    young = file.with_name("young.warc.gz")
    young.write_bytes(packed((A, "2026-05-06", html())))
    database = tmp_path / "x.db"
    with Ledger(database) as ledger:
        run = ledger.start_run(spider="test", started_at="2026-05-06")
        ledger.save(*reading(C, day="2026-05-06", fetched_at="2026-05-06T09:00:00+00:00"), run)
        assert tidy_pages(ledger.db, database, 0, file.parents[1]).pages == 0, "kept for good"
        assert tidy_pages(ledger.db, database, 30, None).pages == 0
        assert tidy_pages(ledger.db, database, 30, file.parents[1]).pages == 2
    assert (kept(file), kept(young)) == ([C], [A])


def test_what_a_killed_run_left_open_is_closed_and_what_a_living_one_writes_is_told(file: Path) -> None:
    left, live = (file.with_name(f"{name}.warc.gz{OPEN}") for name in ("left", "live"))
    for path in (left, live):
        path.write_bytes(packed((A, DAY, html()), (B, DAY, html()))[:-30])
    with live.open("rb") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        done = erase_pages(file.parents[1], Unwanted([A]))
    assert (done.pages, done.files) == (2, 2) and not left.exists() and live.exists()
    assert kept(left.with_name("left.warc.gz")) == []
    (busy,) = done.busy
    assert "a crawl is writing to it" in busy and str(live) in busy and done.failures == []


def test_the_end_that_a_killed_run_left_stays_as_it_is(file: Path) -> None:
    cut = file.read_bytes()[:-40]
    file.write_bytes(cut)
    before = members(file)
    assert erased(file, [A]) == (1, 1)
    assert members(file) == [before[0], *before[3:]]
