"""Addresses as people and pages give them: what may be fetched, and where a file on the command line lies."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urljoin, urlsplit, urlunsplit

from pipelines.paths import ROOT


class Unusable(ValueError):
    """What the user gave exists and is of no use; the message says what would be."""


def web_address(link: str, base: str | None = None) -> str | None:
    """`link`, made absolute against `base`, where it is an address on the web (http or https); None otherwise.

    User names and passwords are taken out: they belong to whoever wrote the link, and not into requests and logs.

    >>> web_address(" /jobs ", "https://example.com/news"), web_address("javascript:alert(1)")
    ('https://example.com/jobs', None)
    >>> web_address("http://[::1"), web_address("https:///nohost"), web_address("file:///etc/passwd")
    (None, None, None)
    >>> web_address("https://me:secret@example.com/a")
    'https://example.com/a'
    """
    if not link.strip():
        return None
    try:
        address = urljoin(base, link.strip()) if base else link.strip()
        parts = urlsplit(address)
        good = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return None
    if not good or any(character.isspace() for character in address):
        return None
    return bare(address)


def bare(address: str) -> str:
    """`address` without a user name and password; itself where it has none."""
    parts = urlsplit(address)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2])) if "@" in parts.netloc else address


def given_path(path: str) -> Path:
    """The file or folder that a user names: seen from where he stands, else from the project root.

    Raises FileNotFoundError, with the places looked at.
    """
    wanted = Path(path).expanduser()
    for place in (Path.cwd(), ROOT):
        if (place / wanted).exists():
            return place / wanted
    places = "" if wanted.is_absolute() else f" in {Path.cwd()} nor in {ROOT}"
    raise FileNotFoundError(f"{path}: no such file or folder{places}")
