"""By which rule words that look like a cut came to nothing, and in which sentence: for people who ask why."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from extract.events import MAX_CHARACTERS, read
from extract.focus import Focus
from extract.nlp import marked, pipeline
from extract.records import Article
from extract.sentences import Sentence, sentences
from extract.statements import statements
from extract.topic import topic

#: What each rule means; tests/extract/test_evaluate.py holds the list complete.
MEANING = {
    "cut.negated": "says that there is no cut",
    "cut.personal": "one person's own case",
    "cut.person": "one person loses a post",
    "cut.few": "a handful of people dismissed",
    "cut.sector": "cuts of a sector, not of one employer",
    "cut.story": "a story or somebody's own life",
    "cut.forecast": "what may happen one day",
    "cut.hypothetical": "a thought, a fear or advice",
    "cut.question": "a question",
    "employer.unknown": "no employer in sight",
    "employer.generic": "companies in general, an industry or the economy",
    "employer.several": "a number of several employers together",
    "round.bare": "an employer's cut without figure or unit, and not what the article is about",
}


@dataclass(frozen=True, slots=True)
class Rejection:
    """A rule that spoke against an event, and its sentence, where it has one: offsets in title, blank line, text."""

    rule: str
    start: int | None = None
    end: int | None = None

    @property
    def meaning(self) -> str:
        """The rule in words; empty for one that has none."""
        return MEANING.get(self.rule, "")


def rejections(article: Article) -> tuple[Rejection, ...]:
    """What `extract.events.read` rejected, in text order, each with its sentence where that is certain."""
    said = read(article).rejected
    text = f"{article.title}\n\n{article.text}"[:MAX_CHARACTERS]
    with pipeline().memory_zone():
        placed = _sentence_by_sentence(sentences(marked(text), len(article.title)), article.published)
    whole = [rule for rule in said if not rule.startswith("round.")]
    if [one.rule for one in placed] != whole:
        placed = [Rejection(rule) for rule in whole]
    return (*placed, *(Rejection(rule) for rule in said if rule.startswith("round.")))


def _sentence_by_sentence(found: list[Sentence], published: str | None) -> list[Rejection]:
    """The rules that speak when the sentences are read one at a time with what is known of the article."""
    day = dt.date.fromisoformat(published[:10]) if published else None
    about = topic(found, day)
    focus = Focus(topic=about.name, single=about.single, accepted=set(about.accepted))
    spoken: list[Rejection] = []
    for sentence in found:
        rules: list[str] = []
        statements([sentence], focus, day, rules)
        spoken += (Rejection(rule, sentence.start, sentence.end) for rule in rules)
    return spoken
