"""What every page hangs on beside the ledger: code, templates, word lists, definitions, options.

Which code that is follows from the imports of the modules here, so that nobody has to keep a list of it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from functools import cache
from pathlib import Path

from crawler.html import TEMPLATES
from crawler.report.book import Options
from extract import RULES_VERSION, __version__
from extract.definitions import Definition
from extract.vocabulary import DATA, VOCABULARY
from pipelines.snapshot import fingerprint

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
#: An import of our own packages. Read as text, which takes a tenth of the time that Python's own parser takes.
_IMPORT = re.compile(r"^\s*from\s+((?:crawler|pipelines|extract)\b[\w.]*)\s+import\s+(\([^)]*\)|.*)", re.MULTILINE)


def edition(definitions: Mapping[str, Definition], options: Options) -> str:
    """The mark of all that: a site of another edition is made anew."""
    made_of = hashlib.sha256(b"\0".join(path.read_bytes() for path in (*code(), *data()))).hexdigest()
    said = [[name, sorted((k, repr(sorted(v) if isinstance(v, frozenset) else v)) for k, v in asdict(one).items())]
            for name, one in definitions.items()]  # fmt: skip
    return fingerprint(__version__, RULES_VERSION, made_of, said, asdict(options))


def data() -> list[Path]:
    """The files that the code reads, definitions aside."""
    kinds = ("*.j2", "*.css", "*.js", "*.svg"), ("*.csv", "*.txt")
    folders = zip((TEMPLATES / "report", VOCABULARY), kinds, strict=True)
    found = [path for folder, endings in folders for ending in endings for path in folder.glob(ending)]
    return sorted([*found, DATA / "companies.csv"])


def code() -> list[Path]:
    """The modules of the site and all of ours that they import, directly or not."""
    found: set[Path] = set()
    waiting = sorted(HERE.glob("*.py"))
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += [file for name in _imports(path.read_text(encoding="utf-8")) for file in _files(name)]
    return sorted(found)


def _imports(text: str) -> Iterator[str]:
    """Full names of what a module of ours imports from our packages; of names that are no modules too."""
    for module, names in _IMPORT.findall(text):
        yield from (f"{module}.{name}" for name in re.findall(r"\w+", re.sub(r"#.*", "", names)))


@cache
def _files(name: str) -> tuple[Path, ...]:
    """The files that an import of this name runs: those of its packages, and its own if it is a module."""
    parts = name.split(".")
    packages = [ROOT.joinpath(*parts[:n], "__init__.py") for n in range(1, len(parts) + 1)]
    modules = [ROOT.joinpath(*parts[:n]).with_suffix(".py") for n in range(2, len(parts) + 1)]
    return tuple(path for path in (*packages, *modules) if path.is_file())
