"""Parquet, Atom and the data package: what they hold, that they validate, the same bytes for the same data."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import subprocess
import sys
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from pyarrow import parquet

from extract import RULES_VERSION, __version__
from extract.records import Event
from pipelines import database
from pipelines.atom import NAMESPACE, NEVER, instant, to_atom
from pipelines.database import Ledger
from pipelines.export import COLUMNS, newest_first, record
from pipelines.package import write_package
from pipelines.parquet import MissingExtra, to_parquet
from tests.pipelines.told import reading

EVENT = Event(
    event_id="acme-2026-03", company="Acme & <Sons>", date="2026-03-02", date_precision="day", headcount=900,
    headcount_min=900, headcount_max=900, headcount_relation="about", pct_min=12.0, pct_max=12.5, ai="company",
    contested=True, evidence='Acme said: "We cut 900 jobs" & <left>\x0b.', evidence_url="https://a.example/x y?a=1&b=2",
    source_urls=("https://a.example/x y?a=1&b=2", "urn:sha256:00", "https://b.example/"), rules=("cut.verb",),
    first_reported="2026-03-02", last_reported="2026-03-04", updated_at="2026-03-04T23:30:00-07:00",
)  # fmt: skip
OTHER = Event(
    event_id="apex-2026",
    company="Apex",
    updated_at="2026-03-06",
    pct_max=17.0,
    pct_relation="at_most",
    action="hiring_freeze",
)


def feed(data: bytes) -> Any:
    return etree.fromstring(data)


def texts(element: Any, path: str) -> list[str]:
    return [str(found.text) for found in element.findall(path, {None: NAMESPACE})]


def test_atom_has_what_the_standard_asks_for() -> None:
    """RFC 4287, 4.1.1 and 4.1.2: which elements, how often, and in which form."""
    root = feed(to_atom([EVENT, OTHER]))
    assert root.tag == f"{{{NAMESPACE}}}feed"
    for element in (root, *root.findall("entry", {None: NAMESPACE})):
        for name in ("id", "title", "updated"):
            assert len(texts(element, name)) == 1, name
        assert texts(element, "id")[0].startswith("tag:github.com,2026:")
        for moment in (*texts(element, "updated"), *texts(element, "published")):
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", moment)
        links = [(link.get("rel"), link.get("href")) for link in element.findall("link", {None: NAMESPACE})]
        assert len([rel for rel, _ in links if rel == "alternate"]) <= 1
        assert all(href and href.startswith("https://") and " " not in href for _, href in links)
        assert all(category.get("term") for category in element.findall("category", {None: NAMESPACE}))
    assert texts(root, "author/name") == ["layoff-ledger"]
    ids = texts(root, "entry/id")
    assert len(set(ids)) == len(ids) == 2
    assert all(len(texts(entry, "content")) == 1 for entry in root.findall("entry", {None: NAMESPACE}))


def test_atom_tells_the_latest_first_in_escaped_words() -> None:
    root = feed(to_atom([EVENT, OTHER]))
    assert texts(root, "updated") == ["2026-03-06T00:00:00Z"]
    assert texts(root, "entry/updated") == ["2026-03-06T00:00:00Z", "2026-03-05T06:30:00Z"]
    assert texts(root, "entry/title") == [
        "Apex: up to 17 % of staff (hiring freeze, announced)", "Acme & <Sons>: about 900 jobs (layoff, announced)",
    ]  # fmt: skip
    assert texts(root, "entry/content")[1] == 'Acme said: "We cut 900 jobs" & <left>.'
    assert [link.get("href") for link in root.iter(f"{{{NAMESPACE}}}link")] == [
        "https://a.example/x%20y?a=1&b=2", "https://b.example/",
    ]  # fmt: skip


def test_atom_since_a_day_and_without_events() -> None:
    assert texts(feed(to_atom([EVENT, OTHER], since="2026-03-06")), "entry/id") == [
        "tag:github.com,2026:layoff-ledger/layoff-ledger:event:apex-2026"
    ]
    many = [replace(OTHER, event_id=f"apex-{n}") for n in range(150)]
    assert len(texts(feed(to_atom(many)), "entry/id")) == 100
    assert len(texts(feed(to_atom(many, since="2026-01-01")), "entry/id")) == 150
    assert texts(feed(to_atom([])), "updated") == [NEVER]
    assert to_atom(many) == to_atom(many[::-1])


@pytest.mark.parametrize("text", ["2026-03-02T10:00", "2026-03-02T10:00:00", "2026-03-02T11:00:00.5+01:00"])
def test_instants(text: str) -> None:
    assert instant(text) == "2026-03-02T10:00:00Z"


def test_parquet_has_typed_columns_that_say_what_they_are() -> None:
    data = to_parquet([EVENT, OTHER])
    table = parquet.read_table(io.BytesIO(data))
    assert tuple(table.column_names) == COLUMNS
    types = {field.name: str(field.type) for field in table.schema}
    assert (types["headcount"], types["pct_min"], types["contested"], types["company"]) == (
        "int64",
        "double",
        "bool",
        "string",
    )
    assert types["source_urls"] == "list<element: string>"
    assert table.to_pylist() == [record(EVENT), record(OTHER)]
    assert table.schema.field("headcount").metadata[b"description"] == next(
        f.metadata["doc"].encode() for f in fields(Event) if f.name == "headcount"
    )
    assert table.schema.metadata[b"rules_version"] == RULES_VERSION.encode()
    assert to_parquet([EVENT, OTHER]) == data
    assert parquet.read_table(io.BytesIO(to_parquet([]))).num_rows == 0


def test_parquet_without_its_library_says_how_to_have_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtra, match=r"\.venv/bin/pip install -e '\.\[parquet\]'"):
        to_parquet([EVENT])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Two employers, a voice on AI, a name that a spreadsheet would run."""
    target = tmp_path / "layoffs.db"
    article, said = reading("https://a.example/")
    voice = replace(
        said[1], kind="attribution", value="replacement", polarity="asserts", speaker="company", modality=None
    )
    with Ledger(target) as ledger:
        run = ledger.start_run(spider="test", started_at="2026-03-03T00:00:00+00:00")
        ledger.save(article, (*said, voice), run)
        ledger.save(*reading("https://www.b.example/", "=Apex", 40, "2026-05-06"), run)
        ledger.save(*reading("https://c.example/", jobs=950, day="2026-03-04"), run)
        ledger.rebuild(run)
    return target


def written(path: Path, folder: Path) -> dict[str, Any]:
    write_package(path, newest_first(database.events(path)), folder)
    return dict(json.loads((folder / "datapackage.json").read_text(encoding="utf-8")))


def table(folder: Path, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((folder / f"{name}.csv").read_text(encoding="utf-8").splitlines()))


def test_package_says_what_it_holds(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "package"
    said = written(path, folder)
    assert (said["version"], said["rules_version"], said["created"]) == (
        __version__,
        RULES_VERSION,
        "2026-05-06T00:00:00Z",
    )
    assert said["temporal"] == {"start": "2026-03-02", "end": "2026-05-06"}
    assert [source["title"] for source in said["sources"]] == ["a.example", "b.example", "c.example"]
    assert said["licenses"][0]["name"] == "CC-BY-4.0"
    names = [resource["name"] for resource in said["resources"]]
    assert names == ["events", "claims", "event_claims", "attributions", "articles", "companies"]
    for resource in said["resources"]:
        data = (folder / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}" and resource["bytes"] == len(data)
        rows = table(folder, resource["name"])
        assert resource["rows"] == len(rows) > 0
        assert [column["name"] for column in resource["schema"]["fields"]] == list(rows[0])
        assert all(column["description"] for column in resource["schema"]["fields"])
    events = said["resources"][0]["schema"]["fields"]
    assert tuple(column["name"] for column in events) == (*COLUMNS, "company_id")
    assert {column["name"]: column.get("unit") for column in events}["headcount"] == "people"


def test_package_holds_what_belongs_to_its_events_and_no_text(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "package"
    written(path, folder)
    (voice,) = table(folder, "attributions")
    assert (voice["stance"], voice["speaker"], voice["mechanism"]) == ("asserts", "company", "replacement")
    assert "'=Apex" in {row["company"] for row in table(folder, "events")}
    assert "Shares rose" not in "".join(file.read_text(encoding="utf-8") for file in folder.iterdir())
    some = [event for event in database.events(path) if event.company == "=Apex"]
    write_package(path, some, folder, raw=True)
    assert [row["company"] for row in table(folder, "events")] == ["=Apex"]
    assert [row["url"] for row in table(folder, "articles")] == ["https://www.b.example/"]
    assert {row["company"] for row in table(folder, "claims")} == {"=Apex"} and table(folder, "attributions") == []


def valid(folder: Path) -> list[Any]:
    """What the frictionless validator has against the package; a process of its own, for its imports warn."""
    code = (
        "import json, sys\nfrom frictionless import validate\n"
        "report = validate(sys.argv[1])\nprint(json.dumps(report.flatten(['type', 'title', 'message'])))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "datapackage.json"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return list(json.loads(done.stdout.splitlines()[-1]))


def test_frictionless_accepts_the_package_and_would_see_faults(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "package"
    written(path, folder)
    assert valid(folder) == []
    claims = (folder / "event_claims.csv").read_text(encoding="utf-8")
    with (folder / "event_claims.csv").open("w", encoding="utf-8", newline="") as file:
        file.write(claims.replace("acme-2026-03", "acme-1999-01", 1))
    assert {kind for kind, _, _ in valid(folder)} >= {"hash-count", "foreign-key"}


def test_frictionless_accepts_a_package_without_events(tmp_path: Path) -> None:
    Ledger(tmp_path / "empty.db").close()
    said = written(tmp_path / "empty.db", tmp_path / "package")
    assert "created" not in said and valid(tmp_path / "package") == []


def test_the_same_data_gives_the_same_bytes(path: Path, tmp_path: Path) -> None:
    written(path, tmp_path / "one")
    written(path, tmp_path / "two")
    written(path, tmp_path / "two")
    one, two = ({file.name: file.read_bytes() for file in (tmp_path / name).iterdir()} for name in ("one", "two"))
    assert one == two and len(one) == 7
