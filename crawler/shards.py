"""Shards: several crawls, on one machine or many, each of which fetches from hosts of its own."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Shard:
    """The `number`th (from 1) of `of` shards."""

    number: int = 1
    of: int = 1

    def holds(self, address: str) -> bool:
        """Whether the host of `address` is this shard's. Every host is held by one, the same on every machine.

        >>> [Shard(n, 2).holds("https://www.example.com/a") for n in (1, 2)], Shard().holds("https://b.example/")
        ([False, True], True)
        """
        host = (urlsplit(address).hostname or "").lower().removeprefix("www.")
        return int.from_bytes(hashlib.sha256(host.encode()).digest()[:8], "big") % self.of == self.number - 1


def shard(text: str) -> Shard:
    """The shard that a user names, such as 2/8; all where nothing is named. Raises ValueError.

    >>> shard("2/8"), shard("")
    (Shard(number=2, of=8), Shard(number=1, of=1))
    """
    if not text:
        return Shard()
    match = re.fullmatch(r"(\d{1,4})/(\d{1,4})", text)
    if match is None or not 1 <= int(match[1]) <= int(match[2]):
        raise ValueError(f"{text!r} is no shard; write the second of eight as 2/8")
    return Shard(int(match[1]), int(match[2]))
