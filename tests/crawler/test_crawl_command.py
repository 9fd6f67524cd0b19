"""`scrapy crawl`: the exit status, for each way in which a crawl can end or not begin."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from crawler.commands.crawl import verdict
from tests.newsroom.client import PATIENCE, ROOT, Run, command, environment, options, scrapy

FINISHED = {"finish_reason": "finished"}


@pytest.mark.parametrize(("stats", "status", "words"), [
    ({}, 0, ""),
    ({"pages/fetched": 8, "pages/failed/timeout": 2}, 0, ""),
    ({"pages/fetched": 7, "pages/failed/timeout": 2, "pages/failed/http 404": 1}, 3, "3 of 10 pages failed"),
    ({"pages/fetched": 1, "pages/refused/robots.txt": 9}, 0, ""),
    ({"sources/read": 1, "sources/failed/http 404": 1}, 3, "1 of 2 sources failed"),
    ({"sources/refused/robots.txt": 1}, 3, "1 of 1 sources failed"),
    ({"inputs/bad": 1, "pages/failed/timeout": 9}, 1, "1 inputs could not be used"),
    ({"spider_exceptions/count": 2, "inputs/bad": 1}, 1, "2 errors in the program"),
    ({"items/failed/KeyError": 1}, 1, "1 errors in the program"),
    ({"store/error": "disk full"}, 1, "disk full"),
    ({"finish_reason": "shutdown", "inputs/bad": 1}, 4, "stopped early: shutdown"),
    ({"finish_reason": "store_error", "store/error": "disk full"}, 4, "stopped early: store_error: disk full"),
    ({"finish_reason": "start_error", "spider_exceptions/count": 1}, 4, "stopped early: start_error"),
    ({"finish_reason": None}, 4, "stopped early"),
])  # fmt: skip
def test_verdict(stats: dict[str, object], status: int, words: str) -> None:
    found, message = verdict({**FINISHED, **stats}, threshold=0.2)
    assert (found, words in message, bool(message)) == (status, True, bool(words))


def lines(path: Path, *ids: str) -> Path:
    """JSON lines: an article for each id; an id of "bad" is a line that is none."""
    records = [json.dumps({"id": i, "url": f"https://a.example/{i}", "title": "T", "text": "Text."}) for i in ids]
    path.write_text("\n".join("{" if '"bad"' in record else record for record in records) + "\n")
    return path


def archive(path: Path, *more: str, tmp_path: Path) -> Run:
    """`scrapy crawl archive` with the pipeline of the tests."""
    arguments = ["-a", f"path={path}", *options(PAGES_FILE=tmp_path / "pages.jsonl", DATABASE=tmp_path / "a.db")]
    return scrapy("crawl", "archive", *arguments, *more, settings="tests.newsroom.settings")


def stored(tmp_path: Path) -> list[str]:
    """Ids of the pages that came through."""
    return [json.loads(line)["page_id"] for line in (tmp_path / "pages.jsonl").read_text().splitlines()]


def test_all_is_well(tmp_path: Path) -> None:
    run = archive(lines(tmp_path / "a.jsonl", "1", "2", "3"), tmp_path=tmp_path)
    assert (run.status, run.err, sorted(stored(tmp_path))) == (0, "", ["1", "2", "3"])
    assert run.out.startswith("crawl archive: finished\n")


def test_a_bad_line_is_told_with_its_place_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", "1", "bad", "3")
    run = archive(path, tmp_path=tmp_path)
    assert (run.status, sorted(stored(tmp_path)), run.summary()["inputs"]) == (1, ["1", "3"], "1 bad")
    assert "a.jsonl" in run.err
    assert "2" in run.err.splitlines()[0]
    assert run.err.splitlines()[-1] == "scrapy crawl: 1 inputs could not be used, see above; the rest is done"


def test_a_dropped_page_is_no_failure(tmp_path: Path) -> None:
    run = archive(lines(tmp_path / "a.jsonl", "1", "drop"), tmp_path=tmp_path)
    assert (run.status, run.summary()["rejected"]) == (0, "1 (DropItem 1)")


def test_a_failing_step_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    run = archive(lines(tmp_path / "a.jsonl", "1", "fail", "3"), tmp_path=tmp_path)
    assert (run.status, sorted(stored(tmp_path)), run.summary()["errors"]) == (1, ["1", "3"], "1 (RuntimeError 1)")
    assert "Failed on https://a.example/fail: as asked" in run.err


@pytest.mark.parametrize(("arguments", "status", "words"), [
    (["nosuch"], 2, "unknown spider 'nosuch'; there are archive, news, urls"),
    (["newz"], 2, "unknown spider 'newz'; did you mean news?"),
    (["archive"], 2, "give -a path=FILE or -a path=FOLDER"),
    (["archive", "-a", "path=no/such/file.warc"], 1, "no/such/file.warc: no such file or folder in "),
    (["archive", "-a", "path=/no/such/file.warc"], 1, "/no/such/file.warc: no such file or folder"),
    (["archive", "-a", "pth=x"], 2, "spider archive takes no argument 'pth'; it takes path"),
    (["urls"], 2, "give -a url=ADDRESS or -a file=FILE"),
    (["urls", "-a", "file=none.txt"], 1, "none.txt: no such file or folder in "),
    (["news", "-a", "source=techcrunch-lay"], 2, "unknown source 'techcrunch-lay'; did you mean techcrunch-layoffs"),
    (["news", "-a", "tag=layoff"], 2, "unknown tag 'layoff'; did you mean layoffs"),
    (["news", "-a", "since=yesterday"], 2, "since: 'yesterday' is no day; write it as 2026-11-01"),
    (["news", "-s", "SOURCES=no.toml"], 1, "no.toml: cannot be read: No such file or directory"),
])  # fmt: skip
def test_no_start_is_told_in_one_line(tmp_path: Path, arguments: list[str], status: int, words: str) -> None:
    run = scrapy("crawl", *arguments, *options(DATABASE=tmp_path / "a.db"))
    assert (run.status, run.out) == (status, "")
    assert run.err.startswith("scrapy crawl: ")
    assert words in run.err
    assert run.err.count("\n") == 1


def test_more_than_one_spider_is_a_usage_error(tmp_path: Path) -> None:
    assert scrapy("crawl", "news", "urls", *options(DATABASE=tmp_path / "a.db")).status == 2
    assert scrapy("crawl", *options(DATABASE=tmp_path / "a.db")).status == 2


def test_an_unwritable_database(tmp_path: Path) -> None:
    run = scrapy("crawl", "archive", "-a", f"path={tmp_path}", *options(DATABASE=tmp_path / "none" / "a.db"))
    assert (run.status, run.out, run.err.count("\n")) == (1, "", 1)
    assert "none/a.db" in run.err


def test_a_database_that_another_run_holds(tmp_path: Path) -> None:
    program = "import sys; from pipelines.lock import lock\nwith lock(sys.argv[1]): print(flush=True); sys.stdin.read()"
    holder, pipe = [sys.executable, "-c", program, str(tmp_path / "a.db")], subprocess.PIPE
    with subprocess.Popen(holder, cwd=ROOT, stdin=pipe, stdout=pipe) as held:
        assert held.stdout is not None
        held.stdout.readline()
        run = archive(lines(tmp_path / "a.jsonl", "1"), tmp_path=tmp_path)
        assert held.stdin is not None
        held.stdin.close()
    assert (run.status, run.out, run.err.count("\n")) == (5, "", 1)
    assert "a.db" in run.err
    assert archive(lines(tmp_path / "a.jsonl", "1"), tmp_path=tmp_path).status == 0


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
def test_a_signal_ends_the_crawl_cleanly(tmp_path: Path, name: str) -> None:
    path, out_file = lines(tmp_path / "a.jsonl", *map(str, range(100_000))), tmp_path / "pages.jsonl"
    given = options(PAGES_FILE=out_file, DATABASE=tmp_path / "a.db", PAGES_DELAY=0.01)
    arguments, pipe = command("crawl", "archive", "-a", f"path={path}", *given), subprocess.PIPE
    with subprocess.Popen(
        arguments, cwd=ROOT, stdout=pipe, stderr=pipe, text=True, env=environment("tests.newsroom.settings")
    ) as crawl:
        for _ in range(PATIENCE * 10):
            if crawl.poll() is not None or (out_file.exists() and out_file.stat().st_size):
                break
            time.sleep(0.1)
        crawl.send_signal(getattr(signal, name))
        out, err = crawl.communicate(timeout=PATIENCE)
    assert (crawl.returncode, err) == (4, "scrapy crawl: stopped early: shutdown\n")
    assert out.startswith("crawl archive: shutdown\n")
    assert 0 < len(stored(tmp_path)) < 100_000


def test_files_are_seen_from_where_the_user_stands_then_from_the_project(tmp_path: Path) -> None:
    lines(tmp_path / "mine.jsonl", "1")
    given = options(PAGES_FILE=tmp_path / "pages.jsonl", DATABASE=tmp_path / "a.db")
    there, settings = tmp_path, "tests.newsroom.settings"
    run = scrapy("crawl", "archive", "-a", "path=mine.jsonl", *given, cwd=there, settings=settings)
    assert (run.status, stored(tmp_path)) == (0, ["1"])
    missing = scrapy("crawl", "urls", "-a", "file=LICENSE", *given, cwd=there, settings=settings)
    assert "LICENSE:1: no web address" in missing.err
