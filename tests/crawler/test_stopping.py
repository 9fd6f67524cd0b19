"""A signal that comes at any moment of a crawl, from its command's first line to the end of its process."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.newsroom.client import PATIENCE, ROOT, command, environment, options
from tests.newsroom.stopping import after, calls

#: Moments at which all pages have come: what follows is to say so.
DONE = {"idle", "closed", "stopped", "outcome", "judged", "end", *after}


@pytest.mark.parametrize("moment", [*calls, *after])
def test_a_stop_has_its_exit_status_at_every_moment(tmp_path: Path, moment: str) -> None:
    articles = [{"id": n, "url": f"https://a.example/{n}", "title": "T", "text": "Text."} for n in "123"]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(article) + "\n" for article in articles))
    given = options(PAGES_FILE=tmp_path / "pages.jsonl", DATABASE=tmp_path / "a.db")
    crawl = subprocess.run(
        command("crawl", "archive", "-a", f"path={tmp_path / 'a.jsonl'}", *given), cwd=ROOT, capture_output=True,
        text=True, timeout=PATIENCE, check=False, env=environment("tests.newsroom.stopping") | {"STOP_AT": moment},
    )  # fmt: skip
    if moment in DONE:
        assert (crawl.returncode, crawl.stderr) == (0, "")
    else:
        assert (crawl.returncode, crawl.stderr.startswith("scrapy crawl: stopped early: ")) == (4, True), crawl.stderr
        assert crawl.stderr.count("\n") == 1
