"""The newsroom, started once for all tests of a module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.newsroom.client import Newsroom, newsroom


@pytest.fixture
def site() -> Iterator[Newsroom]:
    """A newsroom of one's own, with an empty record of requests."""
    with newsroom() as running:
        yield running
