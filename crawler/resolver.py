"""Names become addresses here, for the connection itself: a private address is not connected to at all.

The middleware PublicHosts looks a name up before the request; a hostile name server may give another address to the
second question. This is the second question.
"""

from __future__ import annotations

import ipaddress
import logging
from typing import TYPE_CHECKING

from scrapy.resolver import CachingThreadedResolver
from twisted.internet.error import DNSLookupError

from crawler.middlewares.public import allowed_hosts, is_public

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Self

    from scrapy.crawler import Crawler
    from twisted.internet.base import ReactorBase
    from twisted.internet.defer import Deferred

logger = logging.getLogger(__name__)


class PublicResolver(CachingThreadedResolver):
    """Scrapy's, save that a name with a private address has none, unless ALLOW_PRIVATE_HOSTS names it."""

    allow_all = False
    allowed: frozenset[str] = frozenset()

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Self:
        """Scrapy's way in."""
        resolver = super().from_crawler(crawler, reactor)
        resolver.allow_all, resolver.allowed = allowed_hosts(crawler.settings)
        return resolver

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:  # noqa: N802 (Twisted's name)
        """The address of `name`; fails with DNSLookupError where that is private."""
        found: Deferred[str] = super().getHostByName(name, timeout)
        return found.addCallback(self.checked, name)

    def checked(self, address: str, name: str) -> str:
        """`address` itself, where it may be connected to."""
        if self.allow_all or name in self.allowed or is_public(ipaddress.ip_address(address)):
            return address
        logger.warning("%s leads to the private address %s: not connected", name, address)
        raise DNSLookupError(f"{name} leads to a private address")
