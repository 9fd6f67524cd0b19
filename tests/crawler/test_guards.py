"""Which addresses are public, and what robots.txt's answers mean."""

from __future__ import annotations

import asyncio
import ipaddress
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy.http import Request, Response
from scrapy.settings import Settings

from crawler.middlewares.public import PublicHosts, is_public
from crawler.middlewares.redirects import unlooped
from crawler.middlewares.refusals import EndlessRedirect, PrivateHost
from crawler.middlewares.robots import YES, RobotsTxt

PRIVATE = [
    "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
    "64:ff9b::7f00:1", "2002:7f00:1::", "::127.0.0.1",
]  # fmt: skip
#: Other ways to write 127.0.0.1 that systems understand.
WRITTEN = ["2130706433", "0x7f000001", "127.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]"]


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["93.184.215.14", "8.8.8.8", "2606:4700::1", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_public_addresses(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


def guard(allow: object = False) -> PublicHosts:
    return PublicHosts(Settings({"ALLOW_PRIVATE_HOSTS": allow}))


@pytest.mark.parametrize("host", WRITTEN)
def test_loopback_is_refused_however_it_is_written(host: str) -> None:
    with pytest.raises(PrivateHost):
        asyncio.run(guard().process_request(Request(f"http://{host}:80/")))


@pytest.mark.parametrize("url", ["file:///etc/passwd", "data:,x", "ftp://8.8.8.8/"])
def test_what_is_not_the_web_is_refused(url: str) -> None:
    with pytest.raises(PrivateHost, match="not on the web"):
        asyncio.run(guard(allow=True).process_request(Request(url)))


@pytest.mark.parametrize("allow", [True, "True", "1", "127.0.0.1", "a.example,127.0.0.1", ["127.0.0.1"]])
def test_private_hosts_may_be_allowed(allow: object) -> None:
    asyncio.run(guard(allow).process_request(Request("http://127.0.0.1/")))


def test_a_list_allows_no_other() -> None:
    with pytest.raises(PrivateHost):
        asyncio.run(guard("127.0.0.1").process_request(Request("http://127.0.0.2/")))


def test_the_address_that_answered_counts() -> None:
    request = Request("http://a.example/")
    answered = Response(request.url, ip_address=ipaddress.ip_address("10.0.0.1"))
    with pytest.raises(PrivateHost, match=r"answered from 10\.0\.0\.1"):
        guard().process_response(request, answered)
    proxied = request.replace(meta={"proxy": "http://10.0.0.1:3128"})
    assert guard().process_response(proxied, answered) is answered


@pytest.mark.parametrize(("status", "rules"), [
    (200, b"User-agent: *"), (404, YES), (403, YES), (410, YES), (429, None), (500, None), (503, None),
])  # fmt: skip
def test_what_an_answer_of_robots_txt_means(status: int, rules: bytes | None) -> None:
    middleware = RobotsTxt(crawler())
    assert middleware.answer(Response("http://a.example/robots.txt", status, body=b"User-agent: *")) == rules


def crawler() -> Any:
    """As much of a crawler as the middleware asks."""
    settings = Settings({"ROBOTSTXT_OBEY": True, "ROBOTSTXT_USER_AGENT": "layoff-ledger"})
    return SimpleNamespace(settings=settings, stats=SimpleNamespace(inc_value=lambda name: None))


def test_a_redirect_may_not_come_back() -> None:
    first = Request("http://a.example/1")
    second = first.replace(url="http://a.example/2", meta={"redirect_urls": [first.url]})
    assert unlooped(first, second) is second
    with pytest.raises(EndlessRedirect):
        unlooped(second, first)
    with pytest.raises(EndlessRedirect):
        unlooped(first, first)
