"""Writes into README.md what can be derived: the table of columns, the scores, and what the first command prints.

    python -m tests.build_readme

Run it after a change of a column or of the reading rules, and when docs/accuracy.md was written anew;
tests/test_readme.py fails until then.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from dataclasses import fields
from pathlib import Path

from extract.records import Event

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
ACCURACY = ROOT / "docs" / "accuracy.md"
#: The figures of docs/accuracy.md that README shows, and what they are in a few words.
SCORES = {
    "event": "Rounds of job cuts found, employer right",
    "headcount": "Employer and number of jobs, with its bounds",
    "pct": "Employer and share of the workforce",
    "date": "Date of a found round, to its precision",
    "ai_F1": "AI tied to the cut, by the right side",
    "row": "Whole row: employer, number, share, date and AI",
    "clean": "Articles without job cuts that gave no row",
}
SHOWN = 8  # events of the sample that README shows


def section(text: str, title: str) -> str:
    """What stands below the heading `title`, up to the next heading. Raises ValueError."""
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    if not found:
        raise ValueError(f"README.md has no section {title!r}")
    return found[1]


def block(text: str, mark: str) -> str:
    """The fenced block below the comment `<!-- mark -->`. Raises ValueError."""
    found = re.search(rf"^<!-- {re.escape(mark)} -->\n```\w*\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    if not found:
        raise ValueError(f"README.md marks no block {mark!r}")
    return found[1]


def columns() -> str:
    """The table of columns, from the fields of Event."""
    lines = [f"| `{field.name}` | {field.metadata['doc']} |\n" for field in fields(Event)]
    return "".join(["| Column | Meaning |\n", "| --- | --- |\n", *lines])


def scores() -> str:
    """The table of scores, from what `scrapy evaluate --markdown` wrote into docs/accuracy.md of all files together."""
    written = ACCURACY.read_text(encoding="utf-8")
    together = written[written.index("all files, ") :]
    measured = dict(re.findall(r"^\| `(\w+)` \| (.*?) \|$", together, re.MULTILINE))
    lines = [f"| {said} | {measured[name]} |\n" for name, said in SCORES.items()]
    head = "| What | Precision | Recall | F1 or share | 90 % interval | n |\n| --- | --- | --- | --- | --- | --- |\n"
    return "".join([head, *lines])


def sample(folder: Path) -> str:
    """What README's first command prints behind the installation; its files go to `folder`. Raises RuntimeError."""
    output = ""
    for step in block(README.read_text(encoding="utf-8"), "ci: sample").strip().split(" && "):
        if step.startswith(".venv/bin/scrapy "):
            words = step.replace("data/sample.db", f"{folder}/sample.db").replace("events.csv", f"{folder}/events.csv")
            output += _run(words.split()[1:])
    return output


def _run(arguments: list[str]) -> str:
    environment = {**os.environ, "COLUMNS": "80", "TERM": "dumb", "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", *arguments],
        cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", timeout=300, check=False,
    )  # fmt: skip
    if done.returncode or done.stderr:
        raise RuntimeError(f"scrapy {' '.join(arguments)}: exit {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done.stdout


def shortened(output: str) -> str:
    """The summary, the header and the first events, two lines each."""
    lines = [line.rstrip() for line in output.splitlines()]
    header = next(number for number, line in enumerate(lines) if line.startswith("Date "))
    return "\n".join([*lines[: header + 1 + 2 * SHOWN], "…"]) + "\n"


def main() -> None:
    """Rewrite README.md."""
    text = README.read_text(encoding="utf-8")
    old = section(text, "Columns")
    start = old.index("| Column |")
    text = text.replace(old[start : old.index("\n\n", start) + 1], columns())
    old = section(text, "How accurate it is")
    start = old.index("| What |")
    text = text.replace(old[start : old.index("\n\n", start) + 1], scores())
    with tempfile.TemporaryDirectory() as folder:
        text = text.replace(block(text, "output: sample"), shortened(sample(Path(folder))))
    README.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
