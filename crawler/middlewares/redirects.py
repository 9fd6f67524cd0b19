"""Redirects that end: Scrapy's own let a loop vanish, for its duplicate filter drops the request without a word."""

from __future__ import annotations

from scrapy.downloadermiddlewares.redirect import MetaRefreshMiddleware, RedirectMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request, Response

from crawler.addresses import bare
from crawler.middlewares.refusals import EndlessRedirect


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
        try:
            result = super().process_response(request, response)
        except IgnoreRequest as error:
            raise EndlessRedirect(f"{request.url}: {error}") from None
        if isinstance(result, Request) and result.url.partition("#")[0] == request.url.partition("#")[0]:
            return response
        return unlooped(request, result)


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
