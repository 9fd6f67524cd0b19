"""The files of the site: one named with what it was made of, made when it is needed; and how a page is rendered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from crawler.html import Site
from crawler.report.telling import FILTERS
from crawler.report.words import WORDS
from extract import RULES_VERSION, __version__

SITE = Site(FILTERS, WORDS)


@dataclass(frozen=True, slots=True)
class File:
    """A file: its path in the site's folder, the mark of what goes into it, and how its bytes are made."""

    path: str
    mark: str
    make: Callable[[], bytes]


def page(template: str, path: str, title: str, about: str, base: str, **values: Any) -> bytes:
    """A page of the site as bytes. `about` is the sentence that search engines and shared links show."""
    text = SITE.page(
        f"report/{template}", path=path, title=title, about=about, base=base,
        root="../" * path.count("/"), version=__version__, rules_version=RULES_VERSION, **values,
    )  # fmt: skip
    return text.encode("utf-8", "backslashreplace")
