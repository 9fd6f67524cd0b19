"""The mark of an edition takes in all that decides the pages, without a list kept by hand."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from crawler.report import edition as module
from crawler.report.book import Options
from crawler.report.edition import code, data, edition
from extract.definitions import PATH, load_definitions
from tests.report.conftest import Site
from tests.test_imports import ROOT, files, imports

#: A build in an interpreter of its own, which prints each file of the project that it opens.
BUILD = """
import sys
from pathlib import Path
opened = set()
sys.addaudithook(lambda event, told: event == "open" and isinstance(told[0], (str, Path)) and opened.add(str(told[0])))
from tests.report.conftest import make
make(Path(sys.argv[1]), Path(sys.argv[2]))
print(*sorted(opened), sep="\\n")
"""


def named(paths: list[Path]) -> set[str]:
    return {path.relative_to(ROOT).as_posix() for path in paths}


def test_all_that_the_pages_import_is_taken_in() -> None:
    found = named(code())
    assert found >= {f"crawler/report/{path.name}" for path in (ROOT / "crawler" / "report").glob("*.py")}
    assert found >= {
        "crawler/said.py", "pipelines/accounts.py", "extract/context.py", "extract/totals.py", "extract/shares.py",
        "extract/__init__.py",
    }  # fmt: skip
    for path in found:
        for name in imports(path):  # as Python's own parser finds them
            ours = {f"{name.replace('.', '/')}.py", f"{name.rpartition('.')[0].replace('.', '/')}.py"}
            assert ours & set(files()) <= found, f"{path} imports {name}"


def test_what_only_reads_texts_or_crawls_is_not() -> None:
    assert not named(code()) & {"extract/events.py", "extract/article.py", "crawler/settings.py", "pipelines/store.py"}


def test_all_that_a_build_opens_is_taken_in(site: Site, tmp_path: Path) -> None:
    command = [sys.executable, "-B", "-c", BUILD, str(site.database), str(tmp_path / "site")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=True)
    opened = {Path(line) for line in done.stdout.splitlines()}
    ours = {path for path in opened if ROOT in path.parents and path.suffix not in (".py", ".pyc")}
    read = {path for path in ours if path.relative_to(ROOT).parts[0] in ("crawler", "pipelines", "extract", "data")}
    assert {path.name for path in read} >= {"companies.csv", "event.html.j2"}
    assert named([*(read - {PATH})]) <= named(data()), "definitions are taken in as they were read"


@pytest.mark.parametrize("changed", [code()[-1], data()[0], data()[-1]], ids=lambda path: path.name)
def test_another_byte_is_another_edition(changed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = edition(load_definitions(), Options())
    assert edition(load_definitions(), Options()) == before
    other = tmp_path / changed.name
    other.write_bytes(changed.read_bytes() + b"\n")
    for name, given in (("code", code()), ("data", data())):
        monkeypatch.setattr(module, name, lambda given=given: [other if path == changed else path for path in given])
    assert edition(load_definitions(), Options()) != before
