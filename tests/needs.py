"""What marked tests need beside Python: found, or a reason to leave them out; never under REQUIRE_ALL=1."""

from __future__ import annotations

import os
import shutil

import pytest


def missing(what: str) -> None:
    """Leave the test out for want of `what`; under REQUIRE_ALL=1 fail it."""
    if os.environ.get("REQUIRE_ALL") == "1":
        pytest.fail(f"{what} is missing, and REQUIRE_ALL=1 asks for it")
    pytest.skip(f"needs {what}")


def chromium() -> str:
    """The path of a Chromium or Chrome that is installed."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    missing("a Chromium: apt-get install chromium")
    raise AssertionError
