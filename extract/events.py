"""From an article to its claims: spaCy marks -> statements -> rounds -> claims.

This is what reads; `extract/decide.py` makes events of claims, and does without the text and without spaCy.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from extract import ai, items
from extract.aftermath import aftermath
from extract.announcement import dateline
from extract.claiming import Source, claims_of, lone_claims, printed
from extract.confidence import of_entry
from extract.focus import Focus
from extract.follow_ups import follow_ups
from extract.frame import placed
from extract.grouping import rounds
from extract.invented import invented
from extract.nlp import marked, zone
from extract.records import Article, Claim
from extract.rejections import Rejection
from extract.sentences import sentences
from extract.statements import statements
from extract.substance import is_event, told_alone
from extract.topic import topic

#: Longer texts are no news article; what lies beyond is not read.
MAX_CHARACTERS = 100_000


@dataclass(frozen=True, slots=True)
class Reading:
    """What one article says: its claims, and by which rule each sentence about cuts came to nothing, in text order."""

    claims: tuple[Claim, ...]
    rejected: tuple[Rejection, ...] = ()


def claims(article: Article) -> tuple[Claim, ...]:
    """The claims of an article, in order of its rounds; empty when it tells of no employer's cut."""
    return read(article).claims


def read(article: Article) -> Reading:
    """As `claims`, with the rules that rejected what looked like a cut."""
    text = f"{article.title}\n\n{article.text}"[:MAX_CHARACTERS]
    rejected: list[Rejection] = []
    with zone():
        found = sentences(marked(text), len(article.title))
        items.mark(found)
        published = dt.date.fromisoformat(article.published[:10]) if article.published else dateline(found)
        about = topic(found, published)
        focus = Focus(topic=about.name, single=about.single, accepted=set(about.accepted))
        told = placed(statements(found, focus, published, rejected), about, found, published)
        grouped = rounds(told)
        kept = told_alone([r for r in grouped if is_event(r, about)])
        fiction = invented(found, kept)
        rejected += [Rejection("round.invented", r.best.sentence.start, r.best.sentence.end) for r in fiction]
        kept = [r for r in kept if r not in fiction]
        events = set(map(id, kept))
        bare = [r.best.sentence for r in grouped if id(r) not in events and r not in fiction]
        rejected += [Rejection("round.bare", sentence.start, sentence.end) for sentence in bare]
        for r in kept:
            r.printed = printed(found, r)
        voices, later = ai.voices(found, kept, focus), aftermath(found, kept, focus)
        source = Source(article, found, published, about.single, frozenset(r.company for r in kept))
        made = tuple(
            claim
            for number, r in enumerate(kept)
            for claim in claims_of(source, number, r, voices.get(number, ()), later.get(number, ()))
        )
        own = frozenset(name for r in kept for name in (r.company, r.printed or r.company))
        made += tuple(lone_claims(article, follow_ups(found, own), len(kept)))
    if article.grade == "entry":
        made = tuple(c if c.confidence is None else replace(c, confidence=of_entry(c.confidence)) for c in made)
    return Reading(made, tuple(sorted(rejected, key=lambda one: one.start)))
