"""`scrapy serve` as a user meets it: a real Datasette on a free port of the loopback."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

import pytest

from crawler import serving
from crawler.serving import CannotServe, Service
from pipelines.copying import copy
from pipelines.paths import ROOT
from tests.crawler.running import Commands
from tests.pipelines.test_datasette import build, free_port

DEADLINE = 90.0  # seconds for the server to answer, on a busy machine


@contextmanager
def served(database: Path, *options: str) -> Iterator[tuple[str, Path]]:
    """`scrapy serve`, running: its address and its log."""
    port, log = free_port(), database.with_suffix(".log")
    command = [sys.executable, "-m", "scrapy.cmdline", "serve", "--port", str(port), "-s", f"DATABASE={database}"]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    with log.open("wb") as out:
        server = subprocess.Popen([*command, *options], cwd=ROOT, stdout=out, stderr=out, env=clean)
    try:
        wait(f"http://127.0.0.1:{port}/", server, log)
        yield f"http://127.0.0.1:{port}", log
    finally:
        server.send_signal(signal.SIGINT)
        assert server.wait(timeout=30) == 0, log.read_text()


def wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + DEADLINE
    while time.monotonic() < end:
        assert server.poll() is None, log.read_text()
        try:
            urllib.request.urlopen(address, timeout=20).close()
        except urllib.error.HTTPError as error:
            error.close()
            return  # it answers, if only that it does not let us in
        except urllib.error.URLError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"no answer in {DEADLINE:.0f} s: {log.read_text()}")


def get(address: str) -> str:
    with urllib.request.urlopen(address, timeout=30) as response:
        return str(response.read().decode())


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("serve") / "mine.db"
    build(path)
    return path


@pytest.fixture(scope="module")
def site(database: Path) -> Iterator[str]:
    with served(database) as (address, _):
        yield address


def rows(site: str, query: str, **parameters: str) -> Any:
    return json.loads(get(f"{site}/mine/{query}.json?_shape=array&{urllib.parse.urlencode(parameters)}"))


def test_a_database_of_any_name_has_its_columns_described_and_a_way_to_the_dashboard(site: str) -> None:
    assert 'href="/-/dashboard"' in get(site)
    page = get(f"{site}/mine/events")
    assert "Employer that cuts, by its usual short name" in page and 'href="/-/dashboard"' in page


def test_the_dashboard_adds_up(site: str) -> None:
    page = get(f"{site}/-/dashboard")
    text = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "3 rounds by 3 employers 1,010 jobs; 1,010 to 1,010" in text
    assert "2026-03 3 0 1,010 0" in text and "Acme 1 900" in text
    assert (
        'href="/mine/events/acme-2026-03"' in page
        and "<script" not in page.partition('class="ledger"')[2].partition("</section>")[0]
    )
    assert "Apex will cut 40 jobs, the company said." in text


def test_every_ready_made_question_answers(site: str) -> None:
    known = json.loads(serving.METADATA.read_text(encoding="utf-8"))["databases"]["layoffs"]["queries"]
    given = {"company": "ac", "words": "zenith", "day": "2026-01-01"}
    found = {
        name: rows(site, name, **{key: given[key] for key in query.get("params", ())}) for name, query in known.items()
    }
    assert found["tied_to_ai"] == found["rival_figures"] == []
    assert [(row["month"], row["events"], row["jobs"], row["ai_by_employer"]) for row in found["ai_by_month"]] == [
        ("2026-03", 3, 1010, 0)
    ]
    assert [row["event_id"] for row in found["history_of_a_company"]] == ["acme-2026-03"]
    assert [(row["url"], row["events"]) for row in found["search_articles"]] == [
        ("https://d.example/", "zenith-2026-03")
    ]
    assert {row["field"] for row in found["changes_since"]} == {"event_id"} and len(found["changes_since"]) == 3
    assert found["doubtful"] == []


def test_a_public_address_needs_to_be_asked_for(command: Commands) -> None:
    build(command.database)
    for host in ("0.0.0.0", "::", "192.0.2.7", "example.com"):
        done = command("serve", "--host", host)
        assert done.status == 2 and "other machines may reach it; --public allows that" in done.errors
    done = command("serve", "--texts")
    assert done.status == 2 and "--texts belongs to --public" in done.errors
    assert command("serve", "somewhere").status == 2


def test_what_cannot_be_served_is_told_in_a_line(command: Commands) -> None:
    done = command("serve", "--port", str(free_port()))
    assert done.status == 1 and "no database yet" in done.errors
    build(command.database)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        done = command("serve", "--port", str(other.getsockname()[1]))
    assert done.status == 1 and "in use" in done.errors and "--port" in done.errors
    assert command("serve", "--port", "99999").status == 1


def test_a_copy_for_others_holds_no_texts_and_answers_only_with_the_token(database: Path) -> None:
    with served(database, "--public", "--token") as (site, log):
        with pytest.raises(urllib.error.HTTPError, match="403"):
            get(f"{site}/-/dashboard")
        token = re.search(r"http://127\.0\.0\.1:\d+/-/auth-token\?token=\w+", log.read_text())
        assert token, log.read_text()
        visitor = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        visitor.open(token[0], timeout=30).close()
        with visitor.open(f"{site}/layoffs/articles.json?_shape=array", timeout=30) as response:
            articles = json.load(response)
    assert len(articles) == 4 and {row["text_erased"] for row in articles} == {"copy"}
    assert not any("Shares rose" in row["text"] for row in articles)
    assert any("Acme will cut 900 jobs" in row["text"] for row in articles)


def test_a_copy_leaves_the_database_as_it_was_and_names_no_local_file(database: Path, tmp_path: Path) -> None:
    before = database.read_bytes()
    db = sqlite3.connect(database)
    db.execute('update runs set arguments = \'{"path": "/home/someone/pages"}\'')
    db.commit()
    db.close()
    copy(database, tmp_path / "bare.db", texts=False)
    copy(database, tmp_path / "whole.db", texts=True)
    assert database.read_bytes()[:16] == before[:16]
    bare, whole = ((tmp_path / name).read_bytes() for name in ("bare.db", "whole.db"))
    assert b"/home/someone" not in bare and b"Shares rose" not in bare
    assert b"Shares rose" in whole
    assert [path.name for path in tmp_path.iterdir()] != [] and not list(tmp_path.glob("*-wal"))


def test_the_command_line(database: Path, tmp_path: Path) -> None:
    given = serving.arguments(database, tmp_path, Service("127.0.0.1", free_port()))
    assert str(database) in given and "--immutable" not in given and "--root" not in given
    with pytest.raises(CannotServe, match="choose another with --host or --port"):
        serving.check_free("192.0.2.7", 8001)
