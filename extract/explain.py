"""The reading of one page for people: its text cut into pieces, each with the marks on it, and what came of them.

A pure view: it reads as a crawl does and decides nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from extract import article, events, gate
from extract.amounts import figure
from extract.decide import decide
from extract.events import MAX_CHARACTERS
from extract.marks import Mark, marks
from extract.nlp import marked, zone
from extract.reasons import Rejected
from extract.records import Article, Claim, Event, Page
from extract.rejections import Rejection
from extract.sentences import KINDS

#: Kind of the marks that are no component's: a sentence that a rule rejected.
REJECTED = "rejected"
#: At most so many marks one above the other are drawn apart.
LANES = 6
#: Characters of a name that are shown beside a mark.
LONGEST = 60
#: Kinds of claims whose quote is the whole sentence, not the mark itself.
_OF_SENTENCES = {"cut", "attribution"}

_Quote = tuple[str, str, int, int]  # kind, rule where it counts, start, end


@dataclass(frozen=True, slots=True)
class Shown:
    """One mark as it is shown: what it says, by which rule, whether a claim was made of it, and its line below."""

    kind: str
    start: int  # in title + blank line + text
    end: int
    meaning: str
    rule: str
    used: bool
    lane: int = 0

    @property
    def note(self) -> str:
        """All of it in a line."""
        return f"{self.kind}: {self.meaning} ({self.rule})" if self.meaning else f"{self.kind} ({self.rule})"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words under the same marks, the longest mark first; `opens` are those of them that begin here."""

    text: str
    marks: tuple[Shown, ...] = ()
    opens: frozenset[Shown] = frozenset()

    def note(self, depth: int) -> str:
        """What the first `depth` marks on it say, a line each, the shortest mark first."""
        return "\n".join(mark.note for mark in reversed(self.marks[:depth]))


@dataclass(frozen=True, slots=True)
class Explanation:
    """What there is to show of one page. Without `article` the page could not be read, and `gone` says why."""

    name: str  # the input's id or the address
    article: Article | None = None
    gone: Rejected | None = None  # what let the whole page go
    title: tuple[Piece, ...] = ()
    paragraphs: tuple[tuple[Piece, ...], ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)  # marks by kind
    claims: tuple[Claim, ...] = ()
    events: tuple[Event, ...] = ()
    rejections: tuple[tuple[Rejection, str], ...] = ()  # with the sentence's words
    unread: int = 0  # characters behind the last that is read
    note: str = ""  # what a person should know before reading

    @property
    def verdict(self) -> str:
        """In a sentence: how many events, or why there is none."""
        if self.gone:
            return f"Let go by {self.gone.rule}: {self.gone.words}."
        if self.events:
            return "One event." if len(self.events) == 1 else f"{len(self.events)} events."
        if self.rejections:
            rules = dict.fromkeys(f"{one.rule} ({one.meaning})" for one, _ in self.rejections)
            return f"No event: what looks like a cut was rejected by {', '.join(rules)}."
        if self.counts.get("cut"):
            return "No event: words for a cut stand here, but none says that people or jobs of an employer go."
        return "No event: no word for a cut was found."


def explain(page: Page) -> Explanation:
    """Read a page as a crawl does and show how. Never raises Rejected."""
    gone: Rejected | None = None
    try:
        if page.text is None:
            gate.gate_bytes(page.body)
    except Rejected as reason:
        gone = reason
    try:
        return explain_article(article.read(page), gone)
    except Rejected as reason:
        return Explanation(name=page.page_id or page.url or "page", gone=gone or reason)


def explain_article(found: Article, gone: Rejected | None = None) -> Explanation:
    """How an article is read today; `gone` is what has let its page go already."""
    gone = gone or _gate(found)
    said = events.Reading(()) if gone else events.read(found)
    claims, spoken = said.claims, said.rejected
    whole = f"{found.title}\n\n{found.text}"
    read = whole[:MAX_CHARACTERS]
    with zone():
        shown = laned([*_marks(read, claims, len(found.title) + 2), *_rejected(spoken)])
    begin = len(found.title) + 2
    return Explanation(
        name=found.article_id,
        article=found,
        gone=gone,
        title=tuple(pieces(read, 0, len(found.title), shown)),
        paragraphs=tuple(tuple(pieces(read, *span, shown)) for span in paragraphs(read, begin)),
        counts=Counter(mark.kind for mark in shown),
        claims=claims,
        events=decide(found, claims),
        rejections=tuple((one, read[one.start : one.end]) for one in spoken),
        unread=len(whole) - len(read),
    )


def _gate(found: Article) -> Rejected | None:
    try:
        gate.gate_text(found.title, found.text)
    except Rejected as reason:
        return reason
    return None


def _marks(text: str, claims: Sequence[Claim], begin: int) -> Iterator[Shown]:
    """Every mark of every component; one is used where a claim quotes it, or its sentence for the same rule."""
    doc = marked(text)
    quoted: set[_Quote] = set()
    for claim in claims:
        shift = begin if claim.field == "text" else 0
        rule = claim.rule if claim.kind in _OF_SENTENCES else ""
        quoted.add((claim.kind, rule, claim.start + shift, claim.end + shift))
    sentences: list[tuple[int, int]] = doc.user_data["sentences"]
    for kind in KINDS:
        for mark in marks(doc, kind):
            yield Shown(kind, mark.start, mark.end, meaning(mark), mark.rule, _used(mark, quoted, sentences))


def _used(mark: Mark, quoted: set[_Quote], sentences: Sequence[tuple[int, int]]) -> bool:
    if mark.kind not in _OF_SENTENCES:
        return (mark.kind, "", mark.start, mark.end) in quoted
    return any((mark.kind, mark.rule, *bounds) in quoted for bounds in sentences if bounds[0] <= mark.start < bounds[1])


def _rejected(spoken: Sequence[Rejection]) -> Iterator[Shown]:
    for one in dict.fromkeys(spoken):
        yield Shown(REJECTED, one.start, one.end, one.meaning, one.rule, used=False)


def meaning(mark: Mark) -> str:
    """What the component read, in words."""
    value: Any = mark.value
    if mark.kind == "company":
        name = str(value.name)
        return name if len(name) <= LONGEST else name[: LONGEST - 1] + "…"
    if mark.kind == "cut":
        return f"{value.action.replace('_', ' ')}, {value.kind}"
    if mark.kind in ("headcount", "share"):
        detail = value.role if mark.kind == "headcount" else value.of
        return f"{figure(value.amount)}{' %' * (mark.kind == 'share')}{f', {detail}' if detail else ''}"
    if mark.kind == "attribution":
        return f"{value.link.replace('_', ' ')}, {value.stance}"
    return ""


def laned(found: Sequence[Shown]) -> list[Shown]:
    """The marks in text order, each with the first line below the words that is free from its start to its end.

    >>> [m.lane for m in laned([Shown("cut", 0, 9, "", "", False), Shown("date", 5, 7, "", "", False)])]
    [0, 1]
    """
    free: list[int] = []
    made = []
    for mark in sorted(found, key=lambda m: (m.start, -m.end)):
        lane = next((i for i, end in enumerate(free) if end <= mark.start), len(free))
        free[lane : lane + 1] = [mark.end]
        values = (mark.kind, mark.start, mark.end, mark.meaning, mark.rule, mark.used)
        made.append(Shown(*values, lane=min(lane, LANES - 1)))
    return made


def paragraphs(text: str, begin: int) -> Iterator[tuple[int, int]]:
    """Bounds of the paragraphs from `begin`, parted by blank lines."""
    while begin < len(text):
        end = text.find("\n\n", begin)
        end = len(text) if end < 0 else end
        if end > begin:
            yield begin, end
        begin = end + 2


def pieces(text: str, start: int, end: int, found: Sequence[Shown]) -> Iterator[Piece]:
    """The words from `start` to `end`, cut wherever a mark begins or ends. Together they are the text itself."""
    inside = [mark for mark in found if mark.start < end and start < mark.end]
    bounds = sorted({start, end, *(min(max(b, start), end) for mark in inside for b in (mark.start, mark.end))})
    active: list[Shown] = []
    waiting = iter(inside)
    following = next(waiting, None)
    for left, right in pairwise(bounds):
        active = [mark for mark in active if mark.end > left]
        while following is not None and following.start <= left:
            active.append(following)
            following = next(waiting, None)
        over = sorted(active, key=lambda mark: (mark.start - mark.end, mark.lane))
        opens = frozenset(mark for mark in over if max(mark.start, start) == left)
        yield Piece(text[left:right], tuple(over), opens)
