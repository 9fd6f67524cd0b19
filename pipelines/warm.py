"""Imported once, in the process from which readers are forked: reads one article, so that they find all lists loaded.

What is loaded stays for good, so that the garbage collector need not look at it: neither meanwhile, nor in a reader,
where that would also copy the memory that readers share. A signal that stops the crawl does not stop that process,
which ends when the crawl does.
"""

from __future__ import annotations

import gc
import signal

from extract.records import Page
from pipelines.claims import reading_of
from pipelines.read import article_of

BODY = b"""<html lang="en"><title>Acme to cut 90 jobs</title><article><h1>Acme to cut 90 jobs</h1>
<p>Acme said on Monday, 2 March 2026, that it will lay off 90 workers, or 5% of its staff, because of AI.</p></article>
"""

gc.disable()
READING = reading_of(article_of(Page(url="https://acme.example/", body=BODY, fetched_at="2026-03-02T00:00:00+00:00")))
gc.freeze()
gc.enable()

signal.signal(signal.SIGTERM, signal.SIG_IGN)
