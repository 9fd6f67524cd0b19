"""How a request ended: in words short enough to count by."""

from __future__ import annotations

from scrapy import exceptions
from scrapy.spidermiddlewares.httperror import HttpError

from crawler.middlewares.refusals import EndlessRedirect, Refused

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
    if isinstance(error, Refused | EndlessRedirect):
        return error.reason
    if isinstance(error, HttpError):
        return f"http {error.response.status}"
    return next((words for kind, words in REASONS if isinstance(error, kind)), type(error).__name__)
