"""Marks what ties AI to a cut, or denies it: a word for AI with a linking phrase of ai_links.csv near it.

"AI" is a word, never the letters in "said". Words that only set AI beside a cut (amid, while, as AI booms) link
nothing. Whether the link speaks of a cut, and of which, is decided later (extract.ai).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Doc

from extract import vocabulary, words
from extract.expression import Expression
from extract.lookup import starting
from extract.marks import Mark, coat, text_of
from extract.phrases import Phrases
from extract.required import openings
from extract.words import context


@dataclass(frozen=True, slots=True)
class Link:
    """A phrase that ties AI to something: its mechanism (`ai_link`), and whether it asserts or denies the tie."""

    link: str
    stance: str
    phrase: str


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of ai_links.csv: the link, the side of the AI word on which it stands, the most characters between."""

    link: Link
    direction: str
    gap: int


#: What parts phrase and AI word: another sentence, another clause.
_BREAK = re.compile(r"[;\n]|[.!?]\s|\bbut\b|\balthough\b|\bwhile\b")
_QUOTE = re.compile(r"[‘“\"']")
_STOP = re.compile(r"[;\n]|[.!?]\s")
#: What an AI word is called when it is spoken of again in its sentence, and the most characters between.
_AGAIN = re.compile(
    r"(?i)\b(?:the|this|that|these|its|our)"
    r" (?:technology|tools?|systems?|software|models?|assistants?|platform|program)\b"
)
AGAIN = 250
#: Behind an AI word: people and companies that make AI, to which an employer may turn ("a switch to AI tutors").
_MADE = re.compile(rf"(?i)\s{context('attribution.made')}\b")
_NOT_MADE = ("replacement", "unspecified", "demand_loss")
_RULES = {"denies": "denial", "doubts": "doubt"}
#: Behind an AI word: another subject takes over ("Citing AI, Acme made …"), unless it is put in ("AI, Ng said, does").
_NEW_SUBJECT = re.compile(r",\s+(?=[A-Z])(?![^,]*,)")
#: Between phrase and AI word: the tie is denied after all ("the reason is not AI").
_NOT = re.compile(r"(?i)\b(?:is|are|was|were|do|does|did|has|had)(?: not|n[’']t) (?!only|just|merely|simply)")
#: Between them: AI is what is sold, not why the sellers go ("because factories order fewer of its robots").
_TRADE = re.compile(rf"(?i)\b{context('attribution.trade')}\b")
#: Before a phrase, in its clause: a negative subject, so that the tie is denied ("not one of these roles went to AI").
_NONE = re.compile(
    r"(?i)\b(?:(?:not (?:one|any|a single one)|none|neither) of|not a single|no(?! (?:longer|more|fewer|less|doubt)\b))"
    rf"\s(?:[\w’'-]+\s){{0,3}}?{context('attribution.lost')}\b[^,;:.!?\n]*$"
)
NONE = 90
#: Behind an AI word: it does the work ("agents that it bought last year now settle claims"), or will do it.
_WORKS = re.compile(
    rf"(?i)[^.;:!?\n]{{0,60}}?\b(?:now|already|can(?: now)?|increasingly)\s(?:also |largely |mostly |fully |just )?"
    rf"{context('attribution.work')}\b(?! by\b)"
)
#: The same, going on: "the machine is doing the rewriting".
_WORKING_ON = re.compile(
    rf"(?i)\s(?:is|are|has been|have been|was|were)\s(?:\w+ly\s|now\s|already\s)?(?=\w+ing\b|carrying|taking)"
    rf"{context('attribution.work')}\b(?! by\b)"
)
_WILL_WORK = re.compile(
    rf"(?i)[^.;:!?\n]{{0,30}}?\b(?:will|would|could|should|is to|are to)\s(?:soon |also |largely |in future )?"
    rf"{context('attribution.work')}\b(?! by\b)"
)
#: Before an AI word: the work is done by it ("orders are taken by an automated line").
_DONE_BY = re.compile(rf"(?i)\b{context('attribution.work')} (?:\w+ly )?by (?:(?!the |staff\b)[\w’'-]+ ){{0,3}}$")
DONE_BY = 60
#: Around an AI word: it comes into use ("as AI tools are rolled out in its branches"); by what it rolls out itself an
#: employer only tells what else happens ("as it rolls out AI tools").
_AS = re.compile(r"(?i)(?<!even )\b(?:as|with|now that|because|since)\s(?:[\w’'-]+\s){0,3}$")
_ADOPTED = re.compile(
    r"(?i)(?:[^\S\n][\w’'-]+){0,3}?\s(?:(?:is|are|was|were|has been|have been|gets?)\s)?(?:now\s|being\s|\w+ly\s)*"
    rf"{context('attribution.adopted')}\b"
)
AS = 40
#: Staff say that they trained what now does their work; AI is named beside it.
_TRAINED = re.compile(
    r"(?i)\b(?:train|trained|training|teach|taught|teaching)\s(?:up\s)?(?:our|their|my|his|her)\s(?:own\s)?"
    r"(?:(?:AI|digital|robot|virtual|automated)\s)?(?:replacements?|successors?)\b(?!\s(?:in|from|at|abroad|overseas)\b)"
)
_WORKING = Link("replacement", "asserts", "now does")
_TO_WORK = Link("anticipated", "asserts", "will do")
_IN_USE = Link("unspecified", "asserts", "in use")
_WORK_DONE = Link("replacement", "asserts", "done by")
#: Characters before and behind an AI word within which a phrase with it in reach begins.
REACH = 200
#: Up to fourteen words in the place of "...".
_GAP = r"[^\S\n](?:[\w’'%$.,-]+[^\S\n]){1,14}?"

Bounds = tuple[int, int]


@cache
def ai_words() -> Expression:
    """Words for AI and automation; case counts for those that the list writes with capitals."""
    terms = vocabulary.lines("ai_terms.txt")
    cased = words.alternation(t for t in terms if not t.islower())
    rest = words.alternation(t for t in terms if t.islower())
    return Expression(rf"(?<!\w)(?:{cased}|(?i:{rest}))(?!\w)")


@cache
def _ai_openings() -> frozenset[str]:
    return openings(ai_words().pattern)


@cache
def _links() -> Phrases[_Row]:
    rows = []
    for row in vocabulary.table("ai_links.csv"):
        link = Link(row["link"], row["stance"], row["phrase"])
        rows.append((words.fold(row["phrase"]), _Row(link, row["direction"], int(row["gap"]))))
    return Phrases(rows, edges=(r"(?<!\w)", r"(?![\w-])"), gap=_GAP, gap_edges=(r"(?<![\w-])", r"(?![\w-])"))


def find(doc: Doc) -> Iterator[Mark]:
    """Every linking phrase with an AI word within its reach, denials before assertions where they overlap."""
    text = text_of(doc)
    terms = _terms(text)
    if not terms:
        return
    reached = (*_reached(text, terms), *_working(text, terms))
    hits = [(start, end, _denied(text, start, row), term) for start, end, row, term in reached]
    refused = {term for _, _, row, term in hits if row.link.stance != "asserts"}
    negative = sorted((start, end) for start, end, row, _ in hits if row.link.stance != "asserts")
    for start, end, row, term in sorted(hits, key=lambda hit: (hit[0], hit[2].link.stance == "asserts")):
        within = any(low < end and start < high for low, high in _around(negative, start))
        if row.link.stance == "asserts" and (within or term in refused):
            continue  # "replacing people with" in "not replacing people with"; "AI is to blame" behind "doubt that"
        rule = row.link.link if row.link.stance == "asserts" else _RULES[row.link.stance]
        yield Mark("attribution", min(start, term[0]), max(end, term[1]), row.link, f"attribution.{rule}")


def _reached(text: str, terms: Sequence[Bounds]) -> Iterator[tuple[int, int, _Row, Bounds]]:
    """The phrases with the nearest AI word on their side, where it is in reach."""
    starts, ends = [start for start, _ in terms], [end for _, end in terms]
    for start, end, row in _links().find(text, _around_terms(terms)):
        near = (
            bisect_right(ends, start) - 1 if row.direction == "after" else bisect_left(starts, _from(row, start, end))
        )
        if row.direction == "after" and near + 1 < len(terms) and terms[near + 1][0] < start < terms[near + 1][1]:
            yield start, end, row, terms[near + 1]  # "driven cuts" begins in "AI-driven"
        elif 0 <= near < len(terms) and _reaches(text, row, (start, end), terms[near]):
            yield start, end, row, terms[near]


def _around_terms(terms: Sequence[Bounds]) -> list[Bounds]:
    """Where a phrase may begin that has an AI word in reach."""
    spans: list[Bounds] = []
    for start, end in terms:
        low, high = max(start - REACH, 0), end + REACH
        if spans and low <= spans[-1][1]:
            spans[-1] = spans[-1][0], max(high, spans[-1][1])
        else:
            spans.append((low, high))
    return spans


def _working(text: str, terms: Sequence[Bounds]) -> Iterator[tuple[int, int, _Row, Bounds]]:
    """Where an AI word is the subject of work, or does it in the passive."""
    for term in terms:
        behind = ((_WORKS, _WORKING, 70), (_WORKING_ON, _WORKING, 40), (_WILL_WORK, _TO_WORK, 40))
        for pattern, link, gap in behind:
            row = _Row(link, "after", gap)
            match = pattern.match(text, term[1])
            if match and _reaches(text, row, match.span(), term):
                yield term[0], match.end(), row, term
        if match := _TRAINED.search(text, max(term[0] - AGAIN, 0), term[1] + AGAIN):
            apart = text[min(match.end(), term[1]) : max(match.start(), term[0])]
            if len(_STOP.findall(apart)) <= 1:
                yield *match.span(), _Row(_WORKING, "after", AGAIN), match.span()
        low = max(term[0] - AS, 0)
        if (match := _ADOPTED.match(text, term[1])) and (told := _AS.search(text, low, term[0])):
            yield told.start(), match.end(), _Row(_IN_USE, "after", AS), term
        low = max(term[0] - DONE_BY, 0)
        if text.find(" by ", low, term[0]) >= 0 and (match := _DONE_BY.search(text, low, term[0])):
            row = _Row(_WORK_DONE, "before", DONE_BY)
            if _reaches(text, row, match.span(), term):
                yield match.start(), match.end(), row, term


def _denied(text: str, start: int, row: _Row) -> _Row:
    """The phrase, as a denial where the subject before it is a negative one."""
    if row.link.stance != "asserts" or not _NONE.search(text, max(start - NONE, 0), start):
        return row
    return replace(row, link=Link("unspecified", "denies", row.link.phrase))


def _around(spans: Sequence[Bounds], place: int) -> Sequence[Bounds]:
    """Those of the sorted spans that may hold the place: the two before it and the one behind."""
    at = bisect_left(spans, (place, 0))
    return spans[max(at - 2, 0) : at + 1]


def _terms(text: str) -> Sequence[Bounds]:
    """The AI words, and "the technology" and the like that mean one of them in the same sentence."""
    terms = [match.span() for match in starting(ai_words(), _ai_openings(), text)]
    ends = [end for _, end in terms]
    for match in _AGAIN.finditer(text) if terms else ():
        before = bisect_right(ends, match.start()) - 1
        near = before >= 0 and match.start() - ends[before] <= AGAIN
        if near and len(_STOP.findall(text[ends[before] : match.start()])) <= 1:
            terms.append(match.span())
    return sorted(terms)


def _from(row: _Row, start: int, end: int) -> int:
    """Where the AI word of a phrase may begin that holds it, or stands before it."""
    return start if row.direction == "around" else end


def _reaches(text: str, row: _Row, phrase: Bounds, term: Bounds) -> bool:
    if row.direction == "around":
        return phrase[0] <= term[0] and term[1] <= phrase[1]
    first, second = (phrase, term) if row.direction == "before" else (term, phrase)
    gap = second[0] - first[1]
    if not 0 <= gap <= row.gap + 1:
        return False
    between = text[first[1] : second[0]]
    if row.link.link in _NOT_MADE and _MADE.match(text, term[1]):
        return False
    if _BREAK.search(between) or (row.direction == "after" and _NEW_SUBJECT.search(between)):
        return False
    if row.link.phrase == "not" and _QUOTE.search(between):
        return False  # "our approach is not ‘AI replaces people’": a slogan that is quoted
    return row.link.stance != "asserts" or not (_NOT.search(between) or _TRADE.search(between))


coat("attribution", find)
