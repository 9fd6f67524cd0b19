"""`scrapy export` beyond the table: Parquet, feed and data package as a user asks for them."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from lxml import etree
from pyarrow import parquet

from pipelines.database import Ledger
from tests.crawler.running import Commands
from tests.pipelines.told import reading


@pytest.fixture
def filled(command: Commands) -> Commands:
    with Ledger(command.database) as ledger:
        run = ledger.start_run(spider="test", started_at="2026-03-03T00:00:00+00:00")
        ledger.save(*reading("https://a.example/"), run)
        ledger.save(*reading("https://b.example/", "Apex", 40, "2026-05-06"), run)
        ledger.save(*reading("https://late.example/", jobs=900, published="2026-05-09"), run)
        ledger.rebuild(run)
    return command


def titles(file: Path) -> list[str]:
    return [str(e.findtext("{*}title")) for e in etree.parse(file).getroot().findall("{*}entry")]


def test_parquet_by_its_ending(filled: Commands, tmp_path: Path) -> None:
    done = filled("export", str(tmp_path / "e.parquet"), "--company", "Acme")
    assert (done.status, done.out, done.errors) == (0, "", "")
    assert parquet.read_table(tmp_path / "e.parquet").column("headcount").to_pylist() == [900]


def test_parquet_without_its_library(filled: Commands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    done = filled("export", str(tmp_path / "e.parquet"))
    assert done.status == 1 and "scrapy export: Parquet needs pyarrow" in done.errors and done.errors.count("\n") == 1
    assert not (tmp_path / "e.parquet").exists()


def test_feed_alone_and_by_its_ending_and_since_the_last_report(filled: Commands, tmp_path: Path) -> None:
    assert filled("export", "--atom", str(tmp_path / "feed.xml")).status == 0
    assert filled("export", str(tmp_path / "feed.atom")).status == 0
    assert (tmp_path / "feed.xml").read_bytes() == (tmp_path / "feed.atom").read_bytes()
    assert titles(tmp_path / "feed.xml") == ["Acme: 900 jobs (layoff, announced)", "Apex: 40 jobs (layoff, announced)"]
    filled("export", "--atom", str(tmp_path / "feed.xml"), "--since", "2026-05-08")
    assert titles(tmp_path / "feed.xml") == ["Acme: 900 jobs (layoff, announced)"], (
        "a round of March, told again in May"
    )


def test_package_and_feed_beside_the_table(filled: Commands, tmp_path: Path) -> None:
    done = filled(
        "export", str(tmp_path / "e.csv"), "--package", str(tmp_path / "p"), "--atom", str(tmp_path / "f.xml")
    )
    assert (done.status, done.errors) == (0, "")
    said = json.loads((tmp_path / "p" / "datapackage.json").read_text(encoding="utf-8"))
    assert {resource["name"]: resource["rows"] for resource in said["resources"]}["events"] == 2
    assert (tmp_path / "e.csv").exists() and (tmp_path / "f.xml").exists()


def test_what_goes_wrong_is_told(filled: Commands, tmp_path: Path) -> None:
    done = filled("export", "--package", str(tmp_path / "p"), "--as-of", "2026-03-01")
    assert done.status == 2 and "it cannot go with --as-of" in done.errors
    (tmp_path / "file").write_text("")
    done = filled("export", "--package", str(tmp_path / "file"))
    assert done.status == 1 and f"{tmp_path}/file: cannot be written: File exists" in done.errors
    assert filled("export").status == 2
