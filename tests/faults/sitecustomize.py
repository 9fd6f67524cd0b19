"""Put before the path of a reading process by tests: pages whose addresses say so hang it, kill it or eat its memory.

Python imports this file when it starts. What the address ends in: /hang, /kill, /kill-once or /memory.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

if "pipelines.backfill.child" in sys.orig_argv:
    from extract import article

    honest = article.read

    def read(page: article.Page) -> article.Article:
        kind = (page.url or "").rpartition("/")[2]
        once = Path(os.environ["FAULTS"], "killed")
        if kind == "kill" or (kind == "kill-once" and not once.exists()):
            once.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        while kind == "hang":
            pass
        if kind == "memory":
            bytearray(2**40)
        return honest(page)

    article.read = read
