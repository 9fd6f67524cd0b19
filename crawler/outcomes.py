"""How a request ended: in words short enough to count by."""

from __future__ import annotations

from scrapy import exceptions
from scrapy.spidermiddlewares.httperror import HttpError

from crawler.middlewares.refusals import EndlessRedirect, NotModified, Refused
from pipelines.requests import Outcome

#: Signal: a request has ended without an item; `request`, `outcome` and `reason` say how.
request_ended = object()

#: Exception -> reason; the first that fits counts.
REASONS: tuple[tuple[type[BaseException], str], ...] = (
    (exceptions.DownloadTimeoutError, "timeout"),
    (exceptions.CannotResolveHostError, "unknown host"),
    (exceptions.DownloadConnectionRefusedError, "connection refused"),
    (exceptions.ResponseDataLossError, "cut short"),
    (exceptions.DownloadCancelledError, "too large"),
    (exceptions.DownloadFailedError, "connection failed"),
    (exceptions.IgnoreRequest, "too large"),  # of Scrapy's own, a body that grows beyond DOWNLOAD_MAXSIZE unpacked
)


def reason(error: BaseException) -> str:
    """Why a request failed, e.g. "http 404", "timeout", "robots.txt".

    >>> reason(exceptions.DownloadTimeoutError()), reason(EndlessRedirect()), reason(KeyError())
    ('timeout', 'redirects without end', 'KeyError')
    """
    if isinstance(error, Refused | EndlessRedirect | NotModified):
        return error.reason
    if isinstance(error, HttpError):
        return f"http {error.response.status}"
    return next((words for kind, words in REASONS if isinstance(error, kind)), type(error).__name__)


def outcome(error: BaseException) -> Outcome:
    """How a request that gave no response ended, for the ledger.

    >>> outcome(NotModified()), outcome(exceptions.DownloadTimeoutError())
    ('not_modified', 'failed')
    """
    if isinstance(error, NotModified):
        return "not_modified"
    if isinstance(error, Refused):
        return "waiting" if error.later else "refused"
    return "failed"
