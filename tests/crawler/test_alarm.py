"""What is said at the end: one line for cron, the exit status, the summary for the alarm command."""

from __future__ import annotations

import json
import os
import select
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from crawler.alarm import send, summary
from pipelines.health import Health
from tests.newsroom.client import newsroom, options, scrapy, sources_file

SILENT = Health("quiet", "silent", "nothing new since 2026-11-02, usual gap 1 d", (), "2026-11-02", 4, 1.0)


def test_the_summary_holds_what_a_mail_needs() -> None:
    stats = {"finish_reason": "finished", "pages/fetched": 3, "downloader/request_count": 9, "articles/new": 1}
    told = summary(
        "news", 6, "look", stats, [Health("well", "fine"), Health("new", "unknown"), SILENT], ["x (timeout)"]
    )
    assert json.loads(json.dumps(told)) == {
        "version": told["version"], "rules_version": told["rules_version"], "spider": "news", "exit_status": 6,
        "message": "look", "finish_reason": "finished", "started_at": None, "finished_at": None,
        "counts": {"articles/new": 1, "pages/fetched": 3},
        "sources": {
            "fine": 1, "unknown": ["new"], "failed": ["x (timeout)"],
            "alarms": [{
                "source_id": "quiet", "state": "silent", "told": SILENT.told, "warnings": [],
                "last_new": "2026-11-02", "gap_days": 4, "usual_gap_days": 1.0, "alarm": "new",
            }],
        },
    }  # fmt: skip


@pytest.mark.parametrize(("command", "wrong"), [
    ("cat >/dev/null", None),
    ("exit 7", "ALARM_COMMAND ended with 7"),
    ("true", None),  # which reads nothing
])  # fmt: skip
def test_the_command_is_heard(command: str, wrong: str | None) -> None:
    assert send(command, {"words": "x" * 200_000}) == wrong


def test_the_command_hears_what_is_no_text_of_this_language_too(tmp_path: Path) -> None:
    told = tmp_path / "told.json"
    assert send(f"cat >{told}", {"words": "né \udc80"}) is None
    assert told.read_bytes() == '{"words": "né \\udc80"}\n'.encode()


def test_the_command_runs_where_a_crawl_cannot_begin(tmp_path: Path) -> None:
    told = tmp_path / "told.json"
    run = scrapy(
        "crawl", "news", *options(SOURCES="none.toml", DATABASE=tmp_path / "a.db", ALARM_COMMAND=f"cat >{told}")
    )
    assert run.status == 1
    found = json.loads(told.read_text())
    assert (found["exit_status"], "none.toml: cannot be read" in found["message"]) == (1, True)


def test_an_alarm_that_fails_is_no_success(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEDGER_NOW", "2026-11-20T05:17:00+00:00")
    with newsroom() as site:
        sources = sources_file(tmp_path / "sources.toml", site.home, "feed /feeds/atom.xml expected_gap_days = 1")
        given = options(SOURCES=sources, DATABASE=tmp_path / "a.db", ALARM_COMMAND="exit 1")
        run = scrapy("crawl", "news", *given, settings="tests.newsroom.week_settings")
    assert (run.status, run.out.count("\n")) == (1, 1)
    assert "1 silent (feed-feeds-atom-xml)" in run.out
    assert run.err == "scrapy crawl: ALARM_COMMAND ended with 1\n"


def test_what_a_command_started_ends_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What hangs must not outlive the crawl, nor hold cron's pipe open."""
    monkeypatch.setattr("crawler.alarm.PATIENCE", 1)
    with held(tmp_path / "open") as ended:
        command = f"exec 3>{tmp_path / 'open'}; sleep 300 & cat | (sleep 300; cat)"
        assert send(command, {"words": "x"}) == "ALARM_COMMAND took longer than 1 s, and was ended"
        assert ended(30)


def test_a_command_that_ends_may_leave_a_child_behind(tmp_path: Path) -> None:
    with held(tmp_path / "open") as ended:
        assert send(f"(read line <{tmp_path / 'wait'}) 3>{tmp_path / 'open'} & exit 0", {"words": "x"}) is None
        assert not ended(0.2)
        (tmp_path / "wait").write_text("go\n")  # a pipe, whose reader ends
        assert ended(30)


@contextmanager
def held(path: Path) -> Iterator[Callable[[float], bool]]:
    """Make a pipe of this name, and one beside it, `wait`; waits so many seconds until no process has the pipe open."""
    os.mkfifo(path)
    os.mkfifo(path.with_name("wait"))
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        yield lambda seconds: bool(select.select([reader], [], [], seconds)[0])
    finally:
        os.close(reader)
