"""Redirects that end: Scrapy's own let a loop vanish, for its duplicate filter drops the request without a word."""

from __future__ import annotations

from scrapy.downloadermiddlewares.redirect import MetaRefreshMiddleware, RedirectMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request, Response

from crawler.addresses import bare
from crawler.middlewares.refusals import EndlessRedirect

#: Bytes in which Scrapy's look at a page's first 4,096 characters can find something.
HEAD = 4 * 4096


class Redirect(RedirectMiddleware):
    """Follows 301, 302, 303, 307 and 308; raises EndlessRedirect for a loop and for a chain that is too long."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """The response, or the request that takes its place."""
        try:
            return unlooped(request, super().process_response(request, response))
        except IgnoreRequest as error:
            raise EndlessRedirect(f"{request.url}: {error}") from None


class MetaRefresh(MetaRefreshMiddleware):
    """Follows a page's own refresh to another address, likewise. A page that refreshes itself is just a page."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """The response, or the request that takes its place."""
        if not may_refresh(response.body):
            return response
        try:
            result = super().process_response(request, response)
        except IgnoreRequest as error:
            raise EndlessRedirect(f"{request.url}: {error}") from None
        if isinstance(result, Request) and result.url.partition("#")[0] == request.url.partition("#")[0]:
            return response
        return unlooped(request, result)


def may_refresh(body: bytes) -> bool:
    """Whether a look at the text of a page can find a refresh: to make text of all its bytes costs half a millisecond.

    >>> may_refresh(b"<html><p>No"), may_refresh(b'<META HTTP-EQUIV="Refresh">'), may_refresh("<meta>".encode("utf-16"))
    (False, True, True)
    """
    head = body[:HEAD]
    return b"refresh" in head.lower() or b"\0" in head  # of two or four bytes a character


def unlooped(request: Request, result: Request | Response) -> Request | Response:
    """`result`, without a user name and password in its address.

    Raises EndlessRedirect where it is a request for an address already in the chain.
    """
    if not isinstance(result, Request):
        return result
    chain = {request.url, *request.meta.get("redirect_urls", ())}
    result = result if (address := bare(result.url)) == result.url else result.replace(url=address)
    if result.url in chain:
        raise EndlessRedirect(f"{request.url}: comes back to {result.url}")
    return result
