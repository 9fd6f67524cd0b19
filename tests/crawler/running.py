"""Runs the project's commands in this process, as a user would."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from scrapy import cmdline


@dataclass
class Done:
    """How a command ended."""

    status: int
    out: str
    errors: str

    @property
    def table(self) -> Any:
        """What it printed, as JSON."""
        return json.loads(self.out)


@dataclass
class Commands:
    """Runs commands on one database."""

    database: Path
    output: pytest.CaptureFixture[str]

    def __call__(self, *arguments: str) -> Done:
        """As `scrapy ARGUMENTS -s DATABASE=database`, without pages kept unless the arguments name a folder."""
        self.output.readouterr()
        ours = ["-s", f"DATABASE={self.database}", "-s", "OVERRIDES=", "-s", "PAGES="]
        with pytest.raises(SystemExit) as ended:
            cmdline.execute(["scrapy", arguments[0], *ours, *arguments[1:]])
        out, errors = self.output.readouterr()
        return Done(int(ended.value.code or 0), out, errors)
