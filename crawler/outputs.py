"""Where what a command makes goes: into a file, whole or not at all, or to standard output."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

from rich.console import Console

from pipelines.export import replacing


class Answer(Console):
    """Where an answer for people is printed; what nobody reads any more (`| head`) is no failure."""

    def on_broken_pipe(self) -> None:
        """Print no more."""
        self.quiet = True
        _nobody_reads()


def write_json(text: str) -> None:
    """Write to standard output in UTF-8, as JSON is, whatever the terminal's characters are."""
    write("-", text.encode("utf-8", "backslashreplace"))


def write(target: str, data: bytes) -> None:
    """Write to the file `target`, or for - to standard output, whose reader may have seen enough. Raises OSError."""
    if target != "-":
        with replacing(Path(target).expanduser()) as file:
            file.write(data)
        return
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        _nobody_reads()


def _nobody_reads() -> None:
    """Keep Python from complaining when it closes the stream."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def replace_what_cannot_be_shown() -> None:
    """A terminal that knows few characters gets a question mark for the others, and no traceback."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
