"""`scrapy version` names what a bug report needs: the project, the rules, Scrapy."""

from __future__ import annotations

import subprocess
import sys

import pytest
import scrapy

from extract import RULES_VERSION, __version__
from pipelines.paths import ROOT


@pytest.mark.parametrize("option", [[], ["--verbose"]])
def test_version_names_project_rules_and_scrapy(option: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "version", *option],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.splitlines()[0] == f"layoff-ledger {__version__}, rules {RULES_VERSION}"
    assert scrapy.__version__ in done.stdout
