"""Public hosts only: a link, a redirect or a feed must not make us fetch what lies behind our own firewall."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.middlewares.refusals import PrivateHost

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler
    from scrapy.http import Request, Response
    from scrapy.settings import BaseSettings

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
#: IPv6 networks that carry an IPv4 address in their last four bytes: translated (RFC 6052) and mapped.
CARRIERS = tuple(map(ipaddress.IPv6Network, ("64:ff9b::/96", "::ffff:0:0/96", "::/96")))


def is_public(address: Address) -> bool:
    """Whether an IP address is anybody's to reach; an IPv4 address wrapped in IPv6 is judged by what is inside.

    >>> [is_public(ipaddress.ip_address(a)) for a in ("93.184.215.14", "127.0.0.1", "::ffff:10.0.0.1", "100.64.0.1")]
    [True, False, False, False]
    """
    if isinstance(address, ipaddress.IPv6Address):
        if any(address in network for network in CARRIERS):
            return is_public(ipaddress.IPv4Address(address.packed[-4:]))
        inside = address.sixtofour or (address.teredo and address.teredo[1])
        if inside:
            return is_public(inside)
    return address.is_global and not address.is_multicast


class PublicHosts:
    """Downloader middleware that refuses hosts of which any address is not public, unless ALLOW_PRIVATE_HOSTS.

    That setting is True (all), or names of hosts that may be private all the same. Redirects, meta refreshes and
    robots.txt come by here too, since each is a request of its own. After the answer the address that was in fact
    used is judged once more, against names that change their address between two look-ups.
    """

    def __init__(self, settings: BaseSettings) -> None:
        """Read ALLOW_PRIVATE_HOSTS."""
        self.allow_all, self.allowed = allowed_hosts(settings)
        self.known: dict[str, bool] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way in."""
        return cls(crawler.settings)

    async def process_request(self, request: Request) -> None:
        """Let the request pass or raise PrivateHost. A name that does not resolve passes: the download will say so."""
        parts = urlsplit(request.url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise PrivateHost(f"{request.url}: not on the web")
        host = parts.hostname
        if self.allow_all or host in self.allowed:
            return
        if host not in self.known:
            self.known[host] = all(map(is_public, await resolve(host)))
        if not self.known[host]:
            raise PrivateHost(f"{request.url}: {host} is not a public host")

    def process_response(self, request: Request, response: Response) -> Response:
        """Let the response pass or raise PrivateHost. Behind a proxy the address is the proxy's and says nothing."""
        host = urlsplit(request.url).hostname
        if self.allow_all or host in self.allowed or request.meta.get("proxy"):
            return response
        if response.ip_address is not None and not is_public(response.ip_address):
            raise PrivateHost(f"{request.url}: answered from {response.ip_address}")
        return response


async def resolve(host: str) -> list[Address]:
    """All addresses of `host`, in any notation that the system understands; none where it has none."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]


def allowed_hosts(settings: BaseSettings) -> tuple[bool, frozenset[str]]:
    """What ALLOW_PRIVATE_HOSTS allows: whether all hosts, and which by name."""
    value = settings["ALLOW_PRIVATE_HOSTS"]
    if str(value).lower() in {"true", "1"}:
        return True, frozenset()
    if str(value).lower() in {"false", "0", "none", ""}:
        return False, frozenset()
    return False, frozenset(name.strip().lower() for name in settings.getlist("ALLOW_PRIVATE_HOSTS"))
