"""Which archives a back-fill reads, and how they are opened: files, globs, lists of paths, addresses."""

from __future__ import annotations

import glob
import gzip
import importlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, cast
from urllib.parse import urljoin

WARC = (".warc", ".warc.gz")
LISTS = (".txt", ".paths", ".paths.gz")
#: Bytes fetched at a time of a remote archive: large, since it is read from end to end.
REMOTE_BLOCK = 16 * 2**20


class Unusable(ValueError):
    """An archive or list that cannot be used; the message says why and what to do."""


def named(given: Iterable[str], base: str = "") -> list[str]:
    """The archives that the arguments name, each once, in their order: absolute paths and addresses.

    An argument is an archive, a folder, a glob, or a list of archives (.txt, .paths, .paths.gz: one a line). `base`
    is put before the lines of a list that are neither addresses nor files. Raises Unusable.
    """
    found: dict[str, None] = {}
    for one in given:
        found.update(dict.fromkeys(_archives(one, base)))
    return list(found)


def _archives(given: str, base: str) -> Iterator[str]:
    if given.lower().endswith(LISTS):
        yield from _listed(given, base)
    elif remote(given):
        yield from _remote_glob(given) if "*" in given else [given]
    elif (path := Path(given).expanduser()).is_dir():
        yield from _all(
            sorted(p for p in path.rglob("*") if p.name.lower().endswith(WARC)), f"{given}: no archive in it"
        )
    elif not path.exists() and glob.has_magic(given):
        yield from _all(_matching(path), f"{given}: no file of this form")
    else:
        yield from _all([path], "")


def _all(paths: Iterable[Path], none: str) -> list[str]:
    found = [str(path.absolute()) for path in paths]
    if not found:
        raise Unusable(none)
    for name in found:
        if not Path(name).exists():
            raise Unusable(f"{name}: no such file")
        if not name.lower().endswith(WARC):
            raise Unusable(f"{name}: no archive, its name does not end in {' or '.join(WARC)}")
    return found


def _matching(pattern: Path) -> list[Path]:
    return sorted(Path(p) for p in glob.glob(str(pattern), recursive=True))  # noqa: PTH207  (pathlib wants a fixed start)


def _listed(given: str, base: str) -> Iterator[str]:
    """The lines of a list; a file that it names and that is not there is told when its turn comes."""
    with _readable(given), open_archive(given) as stream:
        data = stream.read()
        lines = (
            (gzip.decompress(data) if given.lower().endswith(".gz") else data).decode("utf-8", "replace").split("\n")
        )
    folder = given.rpartition("/")[0] if remote(given) else str(Path(given).expanduser().absolute().parent)
    empty = True
    for line in (line.strip() for line in lines):
        if line and not line.startswith("#"):
            empty = False
            yield (
                line
                if remote(line)
                else urljoin(base, line)
                if base
                else f"{folder}/{line}"
                if line[0] != "/"
                else line
            )
    if empty:
        raise Unusable(f"{given}: no archive is listed in it")


def remote(name: str) -> bool:
    """Is it an address (s3://…, https://…) and not a path?"""
    return "://" in name


def open_archive(name: str) -> BinaryIO:
    """A stream over the archive that can seek. Raises OSError, or Unusable where the extra for addresses is missing."""
    if not remote(name):
        return Path(name).expanduser().open("rb")
    return cast(BinaryIO, _fsspec(name).open(name, "rb", block_size=REMOTE_BLOCK, cache_type="readahead"))


@contextmanager
def _readable(name: str) -> Iterator[None]:
    """Whatever goes wrong is told as Unusable: libraries of addresses raise errors of their own kinds."""
    try:
        yield
    except Unusable:
        raise
    except Exception as error:  # noqa: BLE001
        raise Unusable(f"{name}: cannot be read: {getattr(error, 'strerror', None) or error}") from None


def _remote_glob(pattern: str) -> list[str]:
    with _readable(pattern):
        found = sorted(_fsspec(pattern).glob(pattern))
    if not found:
        raise Unusable(f"{pattern}: no file of this form")
    scheme = pattern.partition("://")[0]
    return [name if remote(name) else f"{scheme}://{name}" for name in found]


def _fsspec(name: str) -> Any:
    """The file system of an address; for S3 without credentials, where none are set up, as public data allow it."""
    scheme = name.partition("://")[0]
    try:
        return importlib.import_module("fsspec").filesystem(
            scheme, **({"anon": _no_credentials()} if scheme == "s3" else {})
        )
    except (ImportError, ValueError) as error:
        raise Unusable(f'{name}: cannot be opened ({error}); for addresses: pip install -e ".[s3]"') from None


def _no_credentials() -> bool:
    session = importlib.import_module("botocore.session").get_session()
    return session.get_credentials() is None
