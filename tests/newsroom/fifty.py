"""The project's settings, with names that end in .test at loopback: many hosts behind one port."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.resolver import CachingThreadedResolver
from twisted.internet.defer import succeed

from crawler.settings import *  # noqa: F403

if TYPE_CHECKING:
    from collections.abc import Sequence

    from twisted.internet.defer import Deferred


class Loopback(CachingThreadedResolver):
    """Every name is this machine."""

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:  # noqa: N802 (Twisted's name)
        return succeed("127.0.0.1")


TWISTED_DNS_RESOLVER = "tests.newsroom.fifty.Loopback"
