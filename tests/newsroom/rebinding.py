"""The project's settings, with a name server that says "public" when PublicHosts asks, whatever the name."""

import ipaddress

from crawler.middlewares import public
from crawler.settings import *  # noqa: F403


async def resolve(host: str) -> list[public.Address]:
    """An address that anybody may reach."""
    return [ipaddress.ip_address("93.184.215.14")]


public.resolve = resolve
