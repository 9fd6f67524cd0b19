"""Other addresses of the same thing: where a list has moved for good, and the AMP copy of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.addresses import web_address
from crawler.prose import prose
from extract.address import host

if TYPE_CHECKING:
    from scrapy.http import Response

#: A redirect that means it.
PERMANENT = {301, 308}
#: Bytes of prose below which a page is a shell, a notice or a teaser.
LITTLE = 300


def moved_to(response: Response) -> str | None:
    """The address that the one asked for leads to for good; None where there was no redirect, or a passing one."""
    reasons = response.request.meta.get("redirect_reasons", ()) if response.request else ()
    return response.url if reasons and all(reason in PERMANENT for reason in reasons) else None


def amp_copy(response: Response) -> str | None:
    """The address of the page's AMP copy, at the same publisher, where the page itself holds next to nothing."""
    if len(prose(response.body)) >= LITTLE or not hasattr(response, "xpath"):
        return None
    copy = web_address(response.xpath("//link[@rel='amphtml']/@href").get() or "", response.url)
    same = copy and host(copy).removeprefix("amp.") == host(response.url)
    return copy if same and copy != response.url else None
