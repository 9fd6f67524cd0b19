"""Addresses as people and pages give them: what may be fetched, and where a file on the command line lies."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urljoin, urlsplit

from pipelines.paths import ROOT


class Unusable(ValueError):
    """What the user gave exists and is of no use; the message says what would be."""


def web_address(link: str, base: str | None = None) -> str | None:
    """`link`, made absolute against `base`, where it is an address on the web (http or https); None otherwise.

    >>> web_address(" /jobs ", "https://example.com/news"), web_address("javascript:alert(1)")
    ('https://example.com/jobs', None)
    >>> web_address("http://[::1"), web_address("https:///nohost"), web_address("file:///etc/passwd")
    (None, None, None)
    """
    if not link.strip():
        return None
    try:
        address = urljoin(base, link.strip()) if base else link.strip()
        parts = urlsplit(address)
        good = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return None
    return address if good and not any(character.isspace() for character in address) else None


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
