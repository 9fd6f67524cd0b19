"""A real Datasette, started on a free port of the loopback, shows a database as its users expect."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from extract.aggregates import aggregates
from pipelines.afterwards import tidy
from pipelines.database import Ledger
from tests.build_metadata import TARGET, built, sections
from tests.pipelines.told import reading

DEADLINE = 60.0  # seconds for the server to answer, on a busy machine


def test_metadata_is_that_of_the_docs() -> None:
    assert TARGET.read_text(encoding="utf-8") == built(), "run python -m tests.build_metadata, and read what changed"


def build(path: Path) -> None:
    """A small database: two employers, two articles of one round, a total that one quotes."""
    with Ledger(path) as ledger:
        run = ledger.start_run(spider="test", started_at="2026-03-03T00:00:00+00:00")
        told = [reading("https://a.example/"), reading("https://b.example/"), reading("https://c.example/", "Apex", 40)]
        total = "Employers announced 60,620 job cuts in February, Challenger said."
        words = f"Zenith will cut 70 jobs, the company said.\n\n{total}"
        for article, claims in [*told, reading("https://d.example/", "Zenith", 70, text=words)]:
            ledger.save(article, claims, run, aggregates(article))
        ledger.rebuild(run)
        ledger.finish_run(run, finish_reason="finished")
        tidy(ledger.db, path, 0)


class Site:
    """The running server."""

    def __init__(self, port: int) -> None:
        self.base = f"http://127.0.0.1:{port}"

    def get(self, path: str) -> str:
        with urllib.request.urlopen(self.base + path, timeout=20) as response:
            return str(response.read().decode())

    def json(self, path: str) -> Any:
        return json.loads(self.get(path))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("datasette")
    build(folder / "layoffs.db")
    port = free_port()
    command = [
        sys.executable, "-m", "datasette", "serve", str(folder / "layoffs.db"), "--metadata", str(TARGET),
        "--host", "127.0.0.1", "--port", str(port), "--setting", "num_sql_threads", "1",
    ]  # fmt: skip
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, env=clean)
    try:
        found = Site(port)
        wait(found, server, folder / "log")
        yield found
    finally:
        server.terminate()
        server.wait(timeout=20)


def wait(site: Site, server: subprocess.Popen[bytes], log: Path) -> None:
    """Until the server answers."""
    end = time.monotonic() + DEADLINE
    while time.monotonic() < end:
        assert server.poll() is None, log.read_text()
        try:
            site.json("/-/versions.json")
        except urllib.error.URLError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"no answer in {DEADLINE:.0f} s: {log.read_text()}")


def table(site: Site, name: str, query: str = "") -> Any:
    return site.json(f"/layoffs/{name}.json?_shape=objects{query}")


def test_the_release_is_the_one_that_the_metadata_is_written_for(site: Site) -> None:
    assert site.json("/-/versions.json")["datasette"]["version"].startswith("0.")


def test_tables_have_their_keys(site: Site) -> None:
    tables = {one["name"]: one for one in site.json("/layoffs.json")["tables"]}
    assert tables["events"]["primary_keys"] == ["event_id"]
    assert tables["event_claims"]["primary_keys"] == ["event_id", "claim_id"]
    outgoing = {
        (name, key["column"], key["other_table"])
        for name in ("events", "claims", "event_claims", "aggregates", "articles")
        for key in tables[name]["foreign_keys"]["outgoing"]
    }
    assert outgoing >= {
        ("events", "company_id", "companies"), ("claims", "article_id", "articles"),
        ("event_claims", "event_id", "events"), ("event_claims", "claim_id", "claims"),
        ("aggregates", "article_id", "articles"), ("articles", "run_id", "runs"),
    }  # fmt: skip
    assert tables["articles"]["fts_table"] == "articles_fts"
    assert not [name for name in tables if name.startswith("articles_fts") and not tables[name]["hidden"]]
    assert tables["pending"]["hidden"] and tables["state"]["hidden"]
    assert "events_with_totals" in {view["name"] for view in site.json("/layoffs.json")["views"]}


def test_events_have_facets_and_link_to_the_company(site: Site) -> None:
    found = table(site, "events")
    facets = {
        name: {one["value"]: one["count"] for one in facet["results"]} for name, facet in found["facet_results"].items()
    }
    assert facets == {"company": {"Acme": 1, "Apex": 1, "Zenith": 1}, "action": {"layoff": 3}, "ai": {"none": 3}}
    assert [row["event_id"] for row in table(site, "events", "&company=Acme")["rows"]] == ["acme-2026-03"]
    page = site.get("/layoffs/events")
    assert 'href="/layoffs/companies/acme"' in page


def test_search_finds_an_article(site: Site) -> None:
    for words, found in (
        ("apex+cutting", ["https://c.example/"]),
        ("apex+severance", []),
        ("zenith", ["https://d.example/"]),
    ):
        assert [row["url"] for row in table(site, "articles", f"&_search={words}")["rows"]] == found, words
    assert 'name="_search"' in site.get("/layoffs/articles")


def test_every_column_of_events_is_described(site: Site) -> None:
    columns = set(table(site, "events")["columns"])
    described = site.json("/-/metadata.json")["databases"]["layoffs"]["tables"]["events"]["columns"]
    assert columns == set(described)
    page = site.get("/layoffs/events")
    assert "Employer that cuts, by its usual short name" in page


def test_views_and_queries_answer(site: Site) -> None:
    for name in ("events_with_totals", "totals_by_month", "event_articles", "attributions"):
        assert set(table(site, name)["columns"]) == set(sections()[name][1]), name
    (month,) = table(site, "totals_by_month")["rows"]
    assert (month["month"], month["events"], month["point"]) == ("2026-03", 3, 900 + 40 + 70)
    (total,) = table(site, "aggregates")["rows"]
    assert (total["publisher"], total["period"], total["value"]) == ("Challenger, Gray & Christmas", "2026-02", 60_620)
    for name in ("tied_to_ai", "rival_figures"):
        assert site.json(f"/layoffs/{quote(name)}.json?_shape=objects")["rows"] == []
