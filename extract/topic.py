"""Which employer an article is about: the one whose cut its headline or first sentences tell."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from functools import cache

from extract.about import About
from extract.companies import fold
from extract.expression import Expression
from extract.focus import Focus
from extract.items import FEWEST
from extract.names import voice
from extract.sentences import Sentence
from extract.statements import Statement, statements
from extract.voices import embedded, platform
from extract.words import context, descriptors

#: Statements whose employer is at least so sure are weighed; those of a sure one let an open name count as employer.
_LIKELY, _SURE = 60, 70
#: The words beneath a picture, which show somebody or other: "(Jo Marsh/Reuters)".
_CAPTION = Expression(r"\([^()/\n]{2,40}/[^()\n]{2,40}\)\s*$")
#: Behind a name: it speaks or shuts.
_ACTS = re.compile(
    r"\s+(?:(?:has|had|is|was|will|plans to|intends to|also|on \w+day)\s+)*"
    r"(?:sa(?:id|ys)|told|confirm\w*|announc\w+|notified|filed|clos\w+|shut\w*|lay\w*|laid|cut\w*)\b"
)
#: Opens a sentence: an employer without its name ("A German carmaker is", "One of the county's oldest employers").
_SOMEBODY = re.compile(
    r"(?i)\W*(?:[A-Z .,]+ [—–-] |\([A-Z]+\) )?(?:[^.;:]{0,70}?\b(?:after|as|when|at|by|from)\s+)?"
    r"(?:an?|another|one\s+of|the\s+[\w’'-]+[’']s)\s+(?:[\w’'-]+\s+){0,7}?"
    rf"(?:{descriptors()}|\w+maker|{context('topic.employer')})s?\b"
)
#: Behind a name: it tells or does something itself.
_DOES = re.compile(
    r"(?:,?\s(?:Inc|Co|Corp|Ltd|LLC|plc|PLC))?\.?(?:,[^,;]{2,80},)?\s+"
    r"(?:has |had |also |recently |\([^)]{2,40}\) )*"
    rf"(?:{context('focus.announces')}|{context('topic.does')})\b"
)
_AND_OTHERS = re.compile(r"(?i)\band (?:others|more|other \w+)\b")


def topic(found: list[Sentence], published: dt.date | None) -> About:
    """Weigh the employers of the statements: headline five, first three sentences three, later ones one each."""
    told = [s for s in statements(found, Focus(), published, []) if s.who.score >= _LIKELY and s.who.mark is not None]
    accepted = frozenset(fold(s.company) for s in told if s.who.score >= _SURE)
    headline = {s.company for s in told if s.sentence.title and not s.background}
    if not told:
        name = _named_behind(found) or _first_name(found)
        single = name is not None and not _sure_names(found) - {name}
        return About(name, single, accepted | ({fold(name)} if name else set()), headline)
    weights: Counter[str] = Counter()
    titles = _titles(found)
    for statement in told:
        weights[statement.company] += _weight(statement, titles)
    name = weights.most_common(1)[0][0]
    return About(name, not _is_list(told, weights, found) and _leads(told, weights, found), accepted, headline)


def _weight(statement: Statement, titles: int) -> int:
    if statement.sentence.title:
        return 5
    weight = 3 if statement.index - titles < 3 else 1
    return max(1, weight - statement.background)


def _titles(found: list[Sentence]) -> int:
    return sum(sentence.title for sentence in found)


def _is_list(told: list[Statement], weights: Counter[str], found: list[Sentence]) -> bool:
    """Are there items, does the headline speak of others, or do three others cut half as much as the topic?"""
    if found[0].title and _AND_OTHERS.search(found[0].words):
        return True
    if len({mark.value.name for s in found for mark in s.of("company") if mark.value.form == "item"}) >= FEWEST:
        return True
    name, weight = weights.most_common(1)[0]
    return len({s.company for s in told if s.figures} - {name}) >= 3 and weight < 2 * (weights.total() - weight)


def _leads(told: list[Statement], weights: Counter[str], found: list[Sentence]) -> bool:
    """Is the topic told of early, and alone or clearly more than the others?"""
    (name, weight), *others = weights.most_common()
    titles = _titles(found)
    if not any(s.company == name and s.index <= 3 + titles for s in told):
        return not others and _heads(found, name)
    rest = weights.total() - weight
    return not others or (weight >= 3 and weight > others[0][1] and weight >= 0.8 * rest)


def _heads(found: list[Sentence], name: str) -> bool:
    """Does the name alone head the headline and the text: "Acme closes studio … Acme announced today"?"""
    heads = [next((m.value.name for m in sentence.of("company")), None) for sentence in found[:4]]
    return found[0].title and heads[0] == name and name in heads[1:]


def _named_behind(found: list[Sentence]) -> str | None:
    """Without a statement: who is named right behind a cut of some employer: "A furniture maker is … | Acme said …"."""
    for number, sentence in enumerate(found[:3]):
        cuts = sentence.of("cut")
        if sentence.title or not cuts or any(c.end < cuts[0].start for c in sentence.of("company")):
            continue
        if not _SOMEBODY.match(sentence.words):
            return None
        for later in found[number + 1 : number + 3]:
            first = next(iter(later.of("company")), None)
            if first is None:
                continue
            heads = later.text[later.start : first.start].strip().lower() in ("", "the", "at")
            does = _DOES.match(later.text, first.end)
            return str(first.value.name) if heads and does and not voice(first.value.name) else None
    return None


def _first_name(found: list[Sentence]) -> str | None:
    """Without a statement: the name that heads the headline or most sentences, if the text comes back to it."""
    later = {mark.value.name for sentence in found[1:] for mark in sentence.of("company")}
    weights: Counter[str] = Counter()
    nameless = any(_of_some_firm(sentence) for sentence in found[:3])
    for number, sentence in enumerate(found[:30]):
        if _under_picture(found, number):
            continue
        for mark in sentence.of("company"):
            name, form = mark.value.name, mark.value.form
            passing = voice(name) or platform(sentence, mark) or embedded(sentence, mark)
            if passing or (form == "open" and sentence.title and name not in later):
                continue
            heads = sentence.text[sentence.start : mark.start].lower() in ("", "the ", "at ")
            weight = 2 + sentence.title if heads else int(form != "open")
            weight += nameless and heads and bool(_ACTS.match(sentence.text, mark.end))
            weights[name] += weight + (2 if form in ("listed", "legal", "described") and number < 2 else 0)
    if not weights:
        return None
    name, weight = weights.most_common(1)[0]
    alone = len(weights) == 1 and weight == 2 and any(s.of("reference") for s in found[1:4])
    return name if weight >= 3 or alone else None


def _of_some_firm(sentence: Sentence) -> bool:
    """Does the sentence tell of people who lose their jobs at a firm without a name ("A seat maker cuts 324 jobs")?"""
    told = sentence.of("cut") and any(m.value.role == "count" for m in sentence.of("headcount"))
    return bool(told) and not sentence.of("company") and bool(sentence.search(_some_firm()))


@cache
def _some_firm() -> Expression:
    return Expression(rf"(?i)\b(?:an?|another)\s+(?:[\w’'-]+\s+){{0,4}}?{descriptors()}\b")


def _under_picture(found: list[Sentence], number: int) -> bool:
    """Are the words of the sentence those beneath a picture, whose maker is named in them or right behind?"""
    after = found[number + 1 : number + 2]
    return any(
        sentence.search(_CAPTION) for sentence in [found[number], *(s for s in after if s.words.lstrip()[:1] == "(")]
    )


def _sure_names(found: list[Sentence]) -> set[str]:
    """The names at the beginning of the text that are an employer's by their form, voices left out."""
    marks = [mark for sentence in found[:4] for mark in sentence.of("company")]
    return {m.value.name for m in marks if m.value.form in ("listed", "legal") and not voice(m.value.name)}
