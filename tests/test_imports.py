"""Every module imports; imports point down; each foreign library has its one door; what is declared is what is used."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
COMMANDS = [path for path in (ROOT / "crawler" / "commands").glob("*.py") if path.stem != "__init__"]
#: From the top down: a package may import itself and those to its right.
LAYERS = ("crawler", "pipelines", "extract")
#: Distributions that nothing of ours imports by name, and why they are declared all the same.
INDIRECT = {
    "lxml-html-clean": "an old pip leaves it out, and then trafilatura cannot be imported",
    "hyperscan": "asked for by name, since it has no wheel everywhere",
}
#: Library -> the only files that may import it.
DOORS = {
    "trafilatura": {"extract/article.py"},
    "fastwarc": {"extract/warc.py", "extract/warc_records.py"},
    "feedparser": {"crawler/feeds.py"},
    "jinja2": {"crawler/html.py"},
    "sqlite_utils": {"pipelines/sqlite.py", "pipelines/migrations.py", "pipelines/views.py"},
    "sqlite3": {"pipelines/sqlite.py"},
    "pyarrow": {"pipelines/parquet.py"},
    "warcio": {"pipelines/pages.py"},
    "pebble": {"pipelines/readers.py"},
}
#: Libraries that read texts and pages; with all that they load, they take longer to import than Scrapy.
READING = {"courlan", "dateparser", "htmldate", "hyperscan", "resiliparse", "spacy", "trafilatura"}
#: Modules that every command imports, since Scrapy imports all commands to run one, and what shows the ledger.
READS_NOTHING = sorted(
    [
        *(path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".") for path in COMMANDS),
        "crawler.report.site", "crawler.settings", "pipelines.claims", "pipelines.database", "pipelines.snapshot",
    ]
)  # fmt: skip
#: What `extract`, which knows no network and no crawler, may not import.
NOT_IN_EXTRACT = {
    "aiohttp", "ftplib", "http", "httpx", "requests", "scrapy", "smtplib", "socket", "sqlite3", "sqlite_utils", "ssl",
    "twisted", "urllib3",
}  # fmt: skip


def files() -> list[str]:
    """Paths of all modules of the three packages, relative to the project, e.g. "extract/records.py"."""
    return sorted(p.relative_to(ROOT).as_posix() for layer in LAYERS for p in (ROOT / layer).rglob("*.py"))


def module(path: str) -> str:
    """The dotted name of a file: "extract/components/__init__.py" -> "extract.components"."""
    return path.removesuffix(".py").replace("/", ".").removesuffix(".__init__")


@cache
def imports(path: str) -> frozenset[str]:
    """Full dotted names of all that a file imports, wherever in the file the import stands."""
    found: set[str] = set()
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"), path)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative import; write the full name"
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return frozenset(found)


def tops(path: str) -> set[str]:
    """Top-level names of what a file imports."""
    return {name.partition(".")[0] for name in imports(path)}


@pytest.mark.parametrize("path", files())
def test_module_imports(path: str) -> None:
    importlib.import_module(module(path))


@pytest.mark.parametrize("path", files())
def test_imports_point_down(path: str) -> None:
    layer = path.partition("/")[0]
    above = LAYERS[: LAYERS.index(layer)]
    assert not tops(path) & set(above), f"{path} imports from above"


@pytest.mark.parametrize("library", sorted(DOORS))
def test_one_door_per_library(library: str) -> None:
    assert {path for path in files() if library in tops(path)} == DOORS[library]


@pytest.mark.parametrize("library", sorted(DOORS))
def test_architecture_names_the_doors(library: str) -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert all(f"`{path}`" in text for path in DOORS[library])


@pytest.mark.parametrize("path", [p for p in files() if p.startswith("extract/")])
def test_extract_knows_no_network_no_crawler_no_database(path: str) -> None:
    assert not tops(path) & NOT_IN_EXTRACT
    assert not [name for name in imports(path) if name.startswith("urllib.request")]


@cache
def loaded(name: str) -> set[str]:
    """Top-level names of all that a new interpreter has loaded when it has imported the module."""
    command = f"import sys, {name}; print(*{{full.partition('.')[0] for full in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", command], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_what_reads_texts_loads_the_libraries_that_others_do_without() -> None:
    assert "spacy" in loaded("extract.events")
    assert loaded("extract.article") >= {"dateparser", "trafilatura", "htmldate", "resiliparse"}


def test_commands_and_the_ledger_load_nothing_that_reads_texts() -> None:
    assert {name for name in READS_NOTHING if name.startswith("crawler.commands.")}
    found = READING & loaded(", ".join(READS_NOTHING))
    assert not found, "python -X importtime -c 'import MODULE' shows who loads it"


def core() -> list[str]:
    """What pyproject.toml declares as needed by all, e.g. "scrapy>=2.19,<2.20"."""
    lines: list[str] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    return lines


def declared() -> set[str]:
    """The names of those."""
    return {canonicalize_name(Requirement(line).name) for line in core()}


def optional() -> set[str]:
    """The names of what the extras for users bring."""
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    return {canonicalize_name(Requirement(line).name) for name in extras if name != "test" for line in extras[name]}


def used() -> set[str]:
    """Distributions that provide what the three packages import."""
    by_top = packages_distributions()
    foreign = {top for path in files() for top in tops(path)} - set(LAYERS) - set(sys.stdlib_module_names)
    unknown = foreign - set(by_top)
    assert not unknown, f"imported but not installed: {sorted(unknown)}"
    return {canonicalize_name(name) for top in foreign for name in by_top[top]}


def test_what_is_declared_is_what_is_used() -> None:
    assert used() - declared() - optional() == set(), "imported but not declared in pyproject.toml"
    assert declared() - used() == set(INDIRECT), "declared in pyproject.toml but nobody imports it"


@pytest.mark.parametrize("line", core(), ids=lambda line: re.split(r"[^\w-]", line)[0])
def test_every_library_imports(line: str) -> None:
    wanted = Requirement(line)
    if wanted.marker and not wanted.marker.evaluate():
        return  # not for this platform; the pure fallback serves
    name = canonicalize_name(wanted.name)
    tops = [top for top, found in packages_distributions().items() if name in map(canonicalize_name, found)]
    assert tops, f"{name} is not installed"
    for top in tops:
        importlib.import_module(top)


def test_trafilatura_and_its_cleaner_import() -> None:
    assert importlib.import_module("trafilatura").bare_extraction
    assert importlib.import_module("lxml_html_clean").Cleaner


def pins() -> dict[str, list[tuple[str, str]]]:
    """Name -> pinned versions, each with the text of its entry in requirements.txt: hashes, markers."""
    found: dict[str, list[tuple[str, str]]] = {}
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    for entry in re.split(r"\n(?=\S)", text.strip()):
        match = re.match(r"([\w.-]+)==([\w.!+-]+)", entry)
        assert match, f"not a pinned package: {entry[:60]!r}"
        found.setdefault(canonicalize_name(match[1]), []).append((match[2], entry))
    return found


@pytest.mark.parametrize("line", core(), ids=lambda line: re.split(r"[^\w-]", line)[0])
def test_hashed_requirements_fit_the_declared_ranges(line: str) -> None:
    wanted = Requirement(line)
    versions = [version for version, _ in pins().get(canonicalize_name(wanted.name), [])]
    assert versions, f"{wanted.name} is not pinned in requirements.txt"
    assert all(wanted.specifier.contains(version) for version in versions)


def test_hashed_requirements_have_hashes_and_name_no_machine() -> None:
    for name, entries in pins().items():
        for _, entry in entries:
            assert "--hash=sha256:" in entry, name
            assert not re.search(r"://|--(?!hash=)|@|#", entry), name
