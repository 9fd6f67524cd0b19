"""Whatever ends a crawl, a page is neither lost nor stored twice: kill -9, a full disk, a locked database, a stop."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path

import pytest

from tests.crawler.test_faults import balanced, ledger
from tests.newsroom.client import (
    PATIENCE,
    ROOT,
    Newsroom,
    command,
    environment,
    newsroom,
    options,
    scrapy,
    sources_file,
)
from tests.newsroom.killing import Crawled, killed_and_resumed

PAGES = 60


def whole(site: Newsroom, crawled: Crawled, pages: int) -> None:
    """Every page was asked for, every article is there once, and the books balance."""
    assert crawled.last.status == 0, crawled.last.err
    assert len(crawled.fetched) == pages
    wanted = {f"{site.home}/many/{pages}/3/{n}.html" for n in range(0, pages, 3)}
    assert set(crawled.articles) == wanted
    assert set(crawled.articles.values()) == {1}
    assert crawled.integrity == "ok"
    assert crawled.outcomes == {"stored": len(wanted), "rejected": pages - len(wanted)}
    assert crawled.unbalanced == 0
    assert not crawled.again, "what had ended before a kill was fetched again after it"


def test_killed_six_times(site: Newsroom, tmp_path: Path) -> None:
    crawled = killed_and_resumed(site, tmp_path, PAGES, kills=6, seed=7)
    assert crawled.kills >= 2
    whole(site, crawled, PAGES)
    assert sum(crawled.fetched.values()) - PAGES <= crawled.open, "fetched twice is what was under way at a kill"
    assert not list((tmp_path / "pages").glob("*.open"))
    other = scrapy("crawl", "archive", "-a", f"path={tmp_path / 'pages'}", *options(DATABASE=tmp_path / "b.db"))
    assert (other.status, other.err) == (0, ""), "what the killed runs kept is read without a complaint"
    with closing(sqlite3.connect(tmp_path / "b.db")) as db:
        assert {url for (url,) in db.execute("select url from articles")} == set(crawled.articles)


def test_the_readers_of_a_killed_crawl_end(site: Newsroom, tmp_path: Path) -> None:
    sources = sources_file(tmp_path / "sources.toml", site.home, "feed /many/60/3/feed.xml")
    given = options(DATABASE=tmp_path / "a.db", SOURCES=sources)
    quiet = subprocess.DEVNULL
    with subprocess.Popen(
        command("crawl", "news", *given), cwd=ROOT, env=environment("crawler.settings"), stdout=quiet, stderr=quiet
    ) as crawl:
        mine = wait_for(lambda: children(crawl.pid) if len(site.asked()) > 10 else [])
        crawl.kill()
    assert mine
    assert wait_for(lambda: not [pid for pid in mine if alive(pid)]), "no process is left over"


def processes() -> dict[int, tuple[int, str]]:
    """All processes: number -> number of the parent, state."""
    if Path("/proc/self/stat").exists():
        stats = []
        for path in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                stats.append(path.read_text(errors="replace"))
        split = [(text.split(" ", 1)[0], text.rpartition(")")[2].split()) for text in stats]
        return {int(pid): (int(rest[1]), rest[0]) for pid, rest in split}
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,stat="], capture_output=True, text=True, check=True).stdout
    return {int(pid): (int(parent), state) for pid, parent, state in map(str.split, listed.splitlines())}


def children(pid: int) -> list[int]:
    """The processes below a process."""
    found = [child for child, (parent, _) in processes().items() if parent == pid]
    return found + [grandchild for child in found for grandchild in children(child)]


def alive(pid: int) -> bool:
    """Whether there is such a process that has not ended."""
    return not processes().get(pid, (0, "Z"))[1].startswith("Z")


def wait_for(look: object) -> object:
    """What `look` gives, once it gives something true; what it gave last, after a time."""
    assert callable(look)
    for _ in range(PATIENCE * 5):
        if seen := look():
            return seen
        time.sleep(0.2)
    return look()


def test_a_stop_leaves_the_rest_to_the_next_crawl(site: Newsroom, tmp_path: Path) -> None:
    sources = sources_file(tmp_path / "sources.toml", site.home, f"feed /many/{PAGES}/3/feed.xml")
    given = options(DATABASE=tmp_path / "a.db", SOURCES=sources, READ_SECONDS=60)
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [*command("crawl", "news", *given), "-s", "DOWNLOAD_DELAY=0.05"],
        cwd=ROOT, env=environment("crawler.settings"), stdout=pipe, stderr=pipe, text=True,
    ) as crawl:  # fmt: skip
        assert wait_for(lambda: len(site.asked()) > 10)
        crawl.send_signal(signal.SIGTERM)
        _, err = crawl.communicate(timeout=PATIENCE)
    assert (crawl.returncode, err) == (4, "scrapy crawl: stopped early: shutdown\n")
    assert "waiting" in ledger(tmp_path / "a.db", "outcome").values()
    assert balanced(tmp_path / "a.db")
    assert scrapy("crawl", "news", *given).status == 0
    assert set(ledger(tmp_path / "a.db", "outcome").values()) == {"stored", "rejected", "not_modified"}
    pages = [path for path in site.asked() if path.endswith(".html")]
    assert len(pages) == len(set(pages)) == PAGES, "a clean stop fetches nothing twice"


def test_a_database_that_is_locked_for_a_while(site: Newsroom, tmp_path: Path) -> None:
    """Another program writes for some seconds: the crawl waits."""
    given = options(DATABASE=tmp_path / "a.db", READ_SECONDS=60)
    scrapy("crawl", "urls", "-a", f"url={site.home}/many/9/1/0.html", *given)
    program = (
        "import sqlite3, sys, time; db = sqlite3.connect(sys.argv[1], isolation_level=None);"
        " db.execute('begin immediate'); print(flush=True); time.sleep(8)"
    )
    with subprocess.Popen([sys.executable, "-c", program, str(tmp_path / "a.db")], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        run = scrapy("crawl", "urls", "-a", f"url={site.home}/many/9/1/3.html", *given)
        holder.terminate()
    assert (run.status, run.err) == (0, "")
    assert set(ledger(tmp_path / "a.db", "outcome").values()) == {"stored"}


def test_a_database_that_stays_locked_in_mid_crawl_ends_it_and_the_next_one_has_all(tmp_path: Path) -> None:
    with newsroom() as site:
        listed = tmp_path / "urls.txt"
        listed.write_text("".join(f"{site.home}/many/{PAGES}/3/{n}.html\n" for n in range(PAGES)))
        given = options(DATABASE=tmp_path / "a.db", READ_SECONDS=60)
        arguments = command("crawl", "urls", "-a", f"file={listed}", *given, "-s", "DOWNLOAD_DELAY=0.1")
        with subprocess.Popen(
            arguments, cwd=ROOT, env=environment("tests.newsroom.impatient"), stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True,
        ) as crawl:  # fmt: skip
            assert wait_for(
                lambda: len(site.asked()) > 5 and "rejected" in ledger(tmp_path / "a.db", "outcome").values()
            )
            with closing(sqlite3.connect(tmp_path / "a.db", isolation_level=None, timeout=30)) as db:
                db.execute("begin immediate")
                _, err = crawl.communicate(timeout=PATIENCE)
        assert (crawl.returncode, "stayed locked" in err) == (4, True), err
        before = len(site.asked())
        assert scrapy("crawl", "urls", "-a", f"file={listed}", *given).status == 0
        assert len(site.asked()) - before < PAGES, "what the first had done is not done again"
        before = len(site.asked())
        assert scrapy("crawl", "urls", "-a", f"file={listed}", *given).status == 0
        assert len(site.asked()) - before == PAGES + 1, "but whoever asks again gets all again"
    assert sorted(ledger(tmp_path / "a.db", "outcome").values()) == ["rejected"] * 40 + ["stored"] * 20
    assert balanced(tmp_path / "a.db")


def mounts() -> bool:
    """Whether this machine lets us mount."""
    if shutil.which("unshare") is None or shutil.which("mount") is None:
        return False
    tried = subprocess.run(
        ["unshare", "--mount", "--map-root-user", "mount", "-t", "tmpfs", "none", "/mnt"],
        capture_output=True, check=False,
    )  # fmt: skip
    return tried.returncode == 0


NO_MOUNT = not os.environ.get("REQUIRE_ALL") and not mounts()


@pytest.mark.mount
@pytest.mark.skipif(NO_MOUNT, reason="cannot make a mount namespace of its own")
@pytest.mark.parametrize("full", ["database", "pages"])
def test_a_full_disk_ends_the_crawl_and_the_next_one_has_all(site: Newsroom, tmp_path: Path, full: str) -> None:
    """The folder of the database, or of the pages, lies on a disk of a few hundred kilobytes."""
    sources = sources_file(tmp_path / "sources.toml", site.home, f"feed /many/{PAGES}/3/feed.xml")
    (tmp_path / "small").mkdir()
    (tmp_path / "kept").mkdir()
    small = tmp_path / "small"
    places = {"DATABASE": (small if full == "database" else tmp_path) / "a.db", "PAGES": small / "pages"}
    if full == "database":
        places["PAGES"] = tmp_path / "pages"
    given = options(SOURCES=sources, READ_SECONDS=60, **places)
    size = "900k" if full == "database" else "40k"
    script = (
        f"mount -t tmpfs -o size={size} none {small} && {' '.join(command('crawl', 'news', *given))};"
        f" status=$?; cp -r {small}/. {tmp_path / 'kept'}; exit $status"
    )
    done = subprocess.run(
        ["unshare", "--mount", "--map-root-user", "sh", "-c", script],
        cwd=ROOT, env=environment("crawler.settings"), capture_output=True, text=True, check=False, timeout=PATIENCE,
    )  # fmt: skip
    assert done.returncode == 4, done.stderr
    assert "disk" in done.stderr.lower() or "space" in done.stderr.lower()
    shutil.copytree(tmp_path / "kept", small, dirs_exist_ok=True)
    with closing(sqlite3.connect(places["DATABASE"])) as db:
        assert db.execute("pragma integrity_check").fetchone() == ("ok",)
        held = {url for (url,) in db.execute("select url from articles")}
    assert len(held) < PAGES // 3, "the disk was full in mid-crawl"
    run = scrapy("crawl", "news", *given)
    assert run.status == 0, run.err
    found = ledger(places["DATABASE"], "outcome")
    assert sorted(found[f"/many/{PAGES}/3/{n}.html"] for n in range(PAGES)) == ["rejected"] * 40 + ["stored"] * 20
    assert balanced(places["DATABASE"])


def test_a_stop_of_all_processes_at_once_rejects_nothing(site: Newsroom, tmp_path: Path) -> None:
    """As systemd stops a service, and Ctrl-C what runs in a terminal: readers get the signal as well."""
    sources = sources_file(tmp_path / "sources.toml", site.home, f"feed /many/{PAGES}/1/feed.xml")
    given = options(DATABASE=tmp_path / "a.db", SOURCES=sources, READ_SECONDS=60, DOWNLOAD_DELAY=0.3)  # still at work
    quiet = subprocess.DEVNULL
    with subprocess.Popen(
        command("crawl", "news", *given), cwd=ROOT, env=environment("crawler.settings"),
        stdout=quiet, stderr=quiet, start_new_session=True,
    ) as crawl:  # fmt: skip
        assert wait_for(lambda: crawl.poll() is not None or "stored" in outcomes(tmp_path / "a.db"))
        os.killpg(crawl.pid, signal.SIGTERM)
        crawl.wait(timeout=PATIENCE)
    assert crawl.returncode in (0, 4)
    assert set(outcomes(tmp_path / "a.db")) <= {"stored", "waiting", "read"}


def outcomes(database: Path) -> list[str]:
    """The outcomes in the ledger, none while there is none."""
    try:
        return list(ledger(database, "outcome").values())
    except sqlite3.OperationalError:
        return []
