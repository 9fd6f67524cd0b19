"""What a crawl tells whoever is not there: its summary as JSON, handed to the user's own command."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from extract import RULES_VERSION, __version__

if TYPE_CHECKING:
    from pipelines.health import Health

#: Seconds that the command may take.
PATIENCE = 60
#: Sources that a message names; the rest are counted.
NAMED = 10


def named(words: Iterable[str]) -> str:
    """The first few of a list, and how many more there are.

    >>> named(["a", "b"]), named(str(n) for n in range(12))
    ('a, b', '0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 2 more')
    """
    found = list(words)
    more = len(found) - NAMED
    return ", ".join(found[:NAMED]) + (f" and {more} more" if more > 0 else "")


def due(health: Iterable[Health]) -> bool:
    """Whether somebody should be told: a source is newly silent or doubtful, or still so in a new week."""
    return any(h.due for h in health)


def words(health: Iterable[Health]) -> str:
    """The sources that somebody should look at, each with why, the new ones first; "" where nobody need be told today.

    >>> from pipelines.health import Health
    >>> words([Health("a", "silent", "nothing new", alarm="reminder"), Health("b", "silent", "gone")])
    'sources to look at: b (gone); as before: a (nothing new)'
    >>> words([Health("a", "silent", "nothing new", alarm="standing")])
    ''
    """
    found = [h for h in health if h.alarming]
    new, known = (_named(h for h in found if (h.alarm == "new") is which) for which in (True, False))
    told = "; ".join(filter(None, (new, known and f"as before: {known}")))
    return f"sources to look at: {told}" if due(found) else ""


def _named(health: Iterable[Health]) -> str:
    return named(f"{h.source_id} ({'; '.join(filter(None, (h.told, *h.warnings)))})" for h in health)


def summary(
    spider: str, status: int, message: str, stats: Mapping[str, Any], health: Iterable[Health], failed: Iterable[str]
) -> dict[str, Any]:
    """What a crawl came to, as the alarm command gets it: numbers, and the sources that are not fine."""
    found = list(health)
    return {
        "version": __version__,
        "rules_version": RULES_VERSION,
        "spider": spider,
        "exit_status": status,
        "message": message,
        "finish_reason": stats.get("finish_reason"),
        "started_at": _iso(stats.get("start_time")),
        "finished_at": _iso(stats.get("finish_time")),
        "counts": {name: n for name, n in sorted(stats.items()) if name.partition("/")[0] in _COUNTED},
        "sources": {
            "fine": sum(h.state == "fine" and not h.warnings for h in found),
            "unknown": [h.source_id for h in found if h.state == "unknown"],
            "alarms": [asdict(h) for h in found if h.alarming],
            "failed": list(failed),
        },
    }


_COUNTED = {"sources", "entries", "pages", "inputs", "rules", "rejected", "articles", "events", "items", "robots"}


def _iso(moment: Any) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None


def send(command: str, told: Mapping[str, Any]) -> str | None:
    """Run the shell `command` with the summary on its standard input; what went wrong, None for nothing.

    It gets a session of its own: one that takes too long is ended with all that it started.
    """
    try:
        process = subprocess.Popen(
            command, shell=True, stdin=subprocess.PIPE, start_new_session=True,
            encoding="utf-8", errors="backslashreplace",  # which writes half a character as JSON does
        )  # fmt: skip
    except OSError as error:
        return f"ALARM_COMMAND: {error.strerror}"
    with process:
        try:
            process.communicate(json.dumps(told, ensure_ascii=False) + "\n", timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            _end(process)
            return f"ALARM_COMMAND took longer than {PATIENCE} s, and was ended"
        except BaseException:  # Ctrl-C, of which a session of its own hears nothing
            _end(process)
            raise
    return f"ALARM_COMMAND ended with {process.returncode}" if process.returncode else None


def _end(process: subprocess.Popen[str]) -> None:
    """End the command and its children."""
    with suppress(ProcessLookupError, PermissionError):  # macOS says the latter of a group that is dying
        os.killpg(process.pid, signal.SIGKILL)
