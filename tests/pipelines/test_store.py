"""The four steps of the journey, alone and one behind the other, in a real crawl."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy.settings import Settings
from scrapy.signalmanager import SignalManager

from extract import reasons
from extract.records import Article, Page
from pipelines import read
from pipelines.claims import Reading
from pipelines.gate import Gate
from pipelines.lock import DatabaseBusy, StoreError, lock
from pipelines.paths import ROOT
from pipelines.reasons import Dropped, NoBody, NotAboutCuts, NotEnglish, Unreadable, dropped
from pipelines.store import NotStored, Store
from tests.pipelines.told import reading

TEXT = "Acme Robotics said on Monday it will cut 1,200 jobs. The company builds arms for car makers and employs 9,000."


class Stats:
    """What of Scrapy's statistics the store uses."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}

    def inc_value(self, name: str) -> None:
        self.values[name] = self.values.get(name, 0) + 1

    def set_value(self, name: str, value: Any) -> None:
        self.values[name] = value

    def get_stats(self) -> dict[str, Any]:
        return self.values


class Engine:
    """Remembers why it was stopped."""

    reason: str | None = None

    async def close_spider_async(self, *, reason: str) -> None:
        self.reason = reason


def crawler(path: Path) -> Any:
    spider = SimpleNamespace(name="archive", path="somewhere")
    settings = Settings({"DATABASE": str(path)})
    return SimpleNamespace(settings=settings, signals=SignalManager(), stats=Stats(), spider=spider, engine=Engine())


async def journey(owner: Any, *items: Any, reason: str = "finished") -> None:
    store = Store.from_crawler(owner)
    await store.open_spider()
    for item in items:
        if isinstance(item, Dropped):
            await store.item_dropped(Page(url="https://x.example/", source="feed"), item)
        else:
            await store.process_item(Reading(*item))
    await store.close_spider()
    await store.spider_closed(owner.spider, reason)


def test_statistics_and_the_row_of_the_run(tmp_path: Path) -> None:
    owner = crawler(tmp_path / "x.db")
    two = [reading("https://a.example/"), reading("https://b.example/", "Apex", 40)]
    asyncio.run(journey(owner, *two, NoBody("body.empty", "no text"), two[0]))
    assert owner.stats.values == {
        "articles/new": 2, "articles/unchanged": 1, "rejected/NoBody": 1,
        "events/new": 2, "events/changed": 0, "events/unchanged": 0, "events/gone": 0,
    }  # fmt: skip
    db = sqlite3.connect(tmp_path / "x.db")
    db.row_factory = sqlite3.Row
    (run,) = db.execute("select * from runs").fetchall()
    (rejection,) = db.execute("select * from rejections").fetchall()
    db.close()
    assert (run["spider"], run["finish_reason"], run["pages"], run["rejected"], run["events_new"]) == (
        "archive",
        "finished",
        4,
        1,
        2,
    )
    assert json.loads(run["arguments"]) == {"path": "somewhere"}
    known = {
        "url": "https://x.example/",
        "reason": "NoBody",
        "rule": "body.empty",
        "words": "no text",
        "source": "feed",
        "run_id": 1,
    }
    assert known.items() <= dict(rejection).items()


def test_a_database_in_use_or_unusable_keeps_the_crawl_from_starting(tmp_path: Path) -> None:
    holder = "import sys\nfrom pipelines.lock import lock\nwith lock(sys.argv[1]): print(flush=True); sys.stdin.read()"
    child = subprocess.Popen(
        [sys.executable, "-c", holder, str(tmp_path / "x.db")], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert child.stdout and child.stdout.readline()
    with pytest.raises(DatabaseBusy, match=f"process {child.pid} is writing"):
        asyncio.run(journey(crawler(tmp_path / "x.db")))
    child.communicate()
    (tmp_path / "y.db").write_text("no database at all " * 20)
    with pytest.raises(StoreError, match="is not an SQLite database"):
        asyncio.run(journey(crawler(tmp_path / "y.db")))


def test_a_failing_disk_ends_the_crawl_and_keeps_what_is_committed(tmp_path: Path) -> None:
    owner = crawler(tmp_path / "x.db")

    async def crawl() -> None:
        store = Store.from_crawler(owner)
        await store.open_spider()
        await store.process_item(Reading(*reading("https://a.example/")))
        assert store.ledger is not None
        await store._in_thread(store.ledger.db.execute, "pragma query_only = on")
        for url in ("https://b.example/", "https://c.example/"):
            with pytest.raises(NotStored):
                await store.process_item(Reading(*reading(url)))
        await asyncio.sleep(0)
        await store._in_thread(store.ledger.db.execute, "pragma query_only = off")
        await store.close_spider()
        await store.spider_closed(owner.spider, "store_error")

    asyncio.run(crawl())
    assert owner.engine.reason == "store_error"
    assert "cannot be written" in owner.stats.values["store/error"]
    assert (owner.stats.values["articles/new"], owner.stats.values["events/new"]) == (1, 1)


def test_lock_is_held_from_start_to_end(tmp_path: Path) -> None:
    owner = crawler(tmp_path / "x.db")

    async def crawl() -> None:
        store = Store.from_crawler(owner)
        await store.open_spider()
        assert (tmp_path / "x.db.lock").read_text().strip()
        await store.close_spider()
        await store.spider_closed(owner.spider, "finished")
        assert not (tmp_path / "x.db.lock").read_text()

    asyncio.run(crawl())
    with lock(tmp_path / "x.db"):
        asyncio.run(journey(owner))  # the command that started the crawl may have it already


@pytest.mark.parametrize(
    ("raised", "name"),
    [
        (reasons.NotAboutCuts, NotAboutCuts),
        (reasons.NoBody, NoBody),
        (reasons.NotEnglish, NotEnglish),
        (reasons.Unreadable, Unreadable),
    ],
)
def test_reasons_keep_name_rule_and_words(raised: type[reasons.Rejected], name: type[Dropped]) -> None:
    drop = dropped(raised("some.rule", "what was seen"))
    assert type(drop) is name and name.__name__ == raised.__name__
    assert (drop.rule, drop.words, str(drop), drop.log_level) == (
        "some.rule",
        "what was seen",
        "some.rule: what was seen",
        "INFO",
    )


def test_gate_looks_at_bytes_and_only_where_there_are_some() -> None:
    gate = Gate.from_crawler(crawler(Path("x.db")))
    with pytest.raises(NotAboutCuts):
        gate.process_item(Page(url="https://a.example/", body=b"<p>How to bake bread at home.</p>"))
    given = Page(url="https://a.example/", title="", text="How to bake bread at home.")
    assert gate.process_item(given) is given
    about = Page(url="https://a.example/", body=b"<p>Acme lays off 90 workers.</p>")
    assert gate.process_item(about) is about


def test_read_gates_the_text_too() -> None:
    bread = Page(
        url="https://a.example/", title="Bread", text="How to bake bread at home, in seven steps for beginners."
    )
    cuts = Page(url="https://a.example/", title="Acme Robotics cuts jobs", text=TEXT, published="2026-03-02")

    async def both() -> Article:
        step = read.Read.from_crawler(crawler(Path("x.db")))
        try:
            with pytest.raises(NotAboutCuts):
                await step.process_item(bread)
            return await step.process_item(cuts)
        finally:
            await step.close_spider()

    article = asyncio.run(both())
    assert (article.url, article.title, article.published) == (
        "https://a.example/",
        "Acme Robotics cuts jobs",
        "2026-03-02",
    )


def test_a_crawl_twice_changes_nothing(tmp_path: Path) -> None:
    pages = [
        {
            "id": "1",
            "url": "https://a.example/1",
            "published": "2026-03-02",
            "title": "Acme Robotics to cut 1,200 jobs",
            "text": TEXT,
        },
        {
            "id": "2",
            "url": "https://a.example/1",
            "published": "2026-03-02",
            "title": "Acme Robotics cuts jobs",
            "text": TEXT,
        },
        {
            "id": "3",
            "url": "https://b.example/2",
            "published": "2026-03-03",
            "title": "Bread",
            "text": "How to bake bread at home.",
        },
    ]
    source = tmp_path / "pages.jsonl"
    source.write_text("".join(json.dumps(page) + "\n" for page in pages), encoding="utf-8")
    dumps = []
    for _ in range(2):
        command = [
            sys.executable,
            "-m",
            "scrapy",
            "crawl",
            "archive",
            "-a",
            f"path={source}",
            "-s",
            f"DATABASE={tmp_path / 'x.db'}",
        ]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
        assert done.returncode == 0, done.stderr
        db = sqlite3.connect(tmp_path / "x.db")
        dumps.append([line for line in db.iterdump() if 'INTO "runs"' not in line])
        db.close()
        assert sum('INTO "events"' in line for line in dumps[-1]) == 1
    assert dumps[0] == dumps[1]
