"""Runs `scrapy` commands inside the test's process, where that will do: starting one takes seconds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from scrapy import cmdline

from pipelines.paths import ROOT


@dataclass
class Done:
    """How a command ended."""

    returncode: int
    stdout: bytes
    stderr: bytes


Scrapy = Callable[..., Done]


def runner(capture: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, command: str) -> Scrapy:
    """A function that runs `scrapy COMMAND ARGUMENTS`, its standard output being no terminal."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("SCRAPY_SETTINGS_MODULE", "crawler.settings")
    monkeypatch.setenv("COLUMNS", "80")

    def run(*arguments: str) -> Done:
        capture.readouterr()
        with pytest.raises(SystemExit) as ended:
            cmdline.execute(["scrapy", command, *arguments])
        return Done(int(ended.value.code or 0), *capture.readouterr())

    return run
