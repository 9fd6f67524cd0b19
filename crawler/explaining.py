"""Where `scrapy explain` finds what it shows: the database, a file, or the articles of an event."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from extract import address, inputs
from extract.explain import Explanation, explain, explain_article
from extract.records import Article
from pipelines import lookup

#: Most articles on one page: as many as a person may read, and a browser show.
MOST = 200


class NotFound(Exception):
    """There is nothing to explain; the message says why and what to do."""


def readings(what: str, wanted: str | None, database: Path) -> list[Explanation]:
    """How the pages of an address, a file or an event are read today. Raises NotFound, StoreError, OSError."""
    if "://" in what or what.startswith("urn:"):
        return [_of_address(what, database)]
    path = Path(what).expanduser()
    if path.exists() or what.lower().endswith((*inputs.JSON_LINES, *inputs.WARC, *inputs.HTML)):
        return _of_file(path, wanted)
    if not database.exists():
        raise NotFound(f"{what}: no such file; nor can it be an event, as there is no database {database} yet")
    found = lookup.event_articles(database, what)
    if not found:
        raise NotFound(f"{what}: neither a file nor an event of {database}; scrapy events --json shows the ids")
    return [_stored(one, database) for one in found]


def _of_address(url: str, database: Path) -> Explanation:
    if database.exists():
        for known in dict.fromkeys((url, address.clean(url) or url)):
            found = lookup.article(database, known)
            if found:
                return _stored(found, database)
        gone = lookup.let_go(database, url)
        if gone:
            raise NotFound(f"{url}: its text is not kept, as {gone[0]} let it go: {gone[1]}")
    raise NotFound(f"{url}: not in the database {database}; fetch it with: scrapy crawl urls -a url={url}")


def _stored(found: Article, database: Path) -> Explanation:
    reading = explain_article(found)
    reason = lookup.erased(database, found.url)
    if not reason:
        return reading
    note = f"The article's text was erased (by {reason}): only the sentences on which claims rest are kept."
    return replace(reading, note=note)


def _of_file(path: Path, wanted: str | None) -> list[Explanation]:
    found: list[Explanation] = []
    try:
        for page in inputs.pages(path):
            if isinstance(page, inputs.BadInput):
                raise NotFound(f"{page.where}: {page.error}")
            if wanted is not None and page.page_id != wanted:
                continue
            if len(found) == MOST:
                raise NotFound(f"{path}: more than {MOST} articles; choose one with --id")
            found.append(explain(page))
    except (FileNotFoundError, ValueError) as error:
        raise NotFound(str(error)) from None
    if not found:
        raise NotFound(f"{path}: no article in it" + (f" with the id {wanted!r}" if wanted is not None else ""))
    return found
