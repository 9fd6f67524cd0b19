"""Imported once, before the reading processes are forked: reads one article, so that they find all lists loaded."""

from __future__ import annotations

from extract.records import Page
from pipelines.claims import reading_of
from pipelines.read import article_of

BODY = b"""<html lang="en"><title>Acme to cut 90 jobs</title><article><h1>Acme to cut 90 jobs</h1>
<p>Acme said on Monday, 2 March 2026, that it will lay off 90 workers, or 5% of its staff, because of AI.</p></article>
"""

READING = reading_of(article_of(Page(url="https://acme.example/", body=BODY, fetched_at="2026-03-02T00:00:00+00:00")))
