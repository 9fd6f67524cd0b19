"""Reads one archive from end to end: gates, articles, claims. Knows no database, and leaves nothing behind."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager, nullcontext

from extract import RULES_VERSION, article, warc
from extract.aggregates import aggregates
from extract.events import claims
from extract.reasons import Rejected, Unreadable
from extract.records import Article, Page
from extract.skim import skim
from pipelines.backfill.archives import Unusable, open_archive, remote
from pipelines.backfill.result import Rejection, Result
from pipelines.claims import Reading

#: Called for each page with the offset of its record, and the records and kept pages so far; entered for its reading.
Watch = Callable[[int, int, int], AbstractContextManager[None]]


def _unwatched(_at: int, _records: int, _kept: int) -> AbstractContextManager[None]:
    return nullcontext()


def read_archive(name: str, skip: Collection[int] = (), watch: Watch = _unwatched) -> Result:
    """What the pages of the archive say. Pages whose records begin at offsets of `skip` are not touched.

    Damage is told in the result, and costs what it covers; an archive that cannot be opened has the state failed.
    """
    result, tally, begun = Result(archive=name, rules_version=RULES_VERSION), warc.Tally(), time.monotonic()
    result.skipped = tally.skipped
    try:
        with open_archive(name) as stream:
            for page in warc.pages(stream, None, tally):
                if isinstance(page, warc.Damage):
                    result.error = result.error or f"byte {page.offset:,}: {page.error}"
                    continue
                with watch(tally.at, tally.records, result.passed):
                    if tally.at in skip:
                        died = "the process that read the page died of it, twice"
                        _reject(result, page, Unreadable("page.died", died))
                    else:
                        _read(result, page)
                del page  # before the next is read into the same memory; with both, each would be fetched anew
    except Unusable as error:
        return Result(archive=name, state="failed", error=str(error))
    except OSError as error:
        return Result(archive=name, state="failed", error=error.strerror or str(error) or type(error).__name__)
    except Exception as error:
        if not remote(name):
            raise
        # Libraries of addresses raise errors of their own kinds; no page is to blame.
        return Result(archive=name, state="failed", error=f"{type(error).__name__}: {error}")
    for field in ("size", "consumed", "records", "pages", "digests", "damaged"):
        setattr(result, field, getattr(tally, field))
    result.state = "truncated" if tally.truncated else "damaged" if tally.damaged else "read"
    result.seconds = round(time.monotonic() - begun, 3)
    return result


def _read(result: Result, page: Page) -> None:
    """Add what the page says, or why it was let go."""
    try:
        if page.text is None:
            skim(page.body)
    except Unreadable as rejected:
        _reject(result, page, rejected)
        return
    except Rejected as rejected:
        result.rejected[rejected.rule] += 1
        return
    try:
        _tell(result, article.read(page))
    except Rejected as rejected:
        _reject(result, page, rejected)
    except Exception as error:  # noqa: BLE001  (one page must not cost the archive; it is told like any other)
        _reject(result, page, Unreadable("page.failed", f"{type(error).__name__}: {error}"))


def _tell(result: Result, read: Article) -> None:
    reading = Reading(read, claims(read), aggregates(read))
    result.readings.append(reading)
    if reading.claims or reading.aggregates:
        result.passed += 1
        result.events += len({claim.round for claim in reading.claims})
    else:
        result.rejected["no.claims"] += 1


def _reject(result: Result, page: Page, rejected: Rejected) -> None:
    result.rejected[rejected.rule] += 1
    result.rejections.append(Rejection(page.url, type(rejected).__name__, rejected.rule, rejected.words[:500]))
