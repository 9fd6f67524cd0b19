"""Where what a command makes goes: into a file, whole or not at all, or to standard output."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from pipelines.export import replacing


def write(target: str, data: bytes) -> None:
    """Write to the file `target`, or for - to standard output, whose reader may have seen enough. Raises OSError."""
    if target != "-":
        with replacing(Path(target).expanduser()) as file:
            file.write(data)
        return
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:  # keep Python from complaining when it closes the stream
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
