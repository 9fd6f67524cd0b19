"""Whether an article tells, in a sentence without figures of its own, that the employer took its cut back."""

from __future__ import annotations

import re

from extract.expression import Expression
from extract.rounds import Round
from extract.sentences import Sentence, once
from extract.words import context

_WHAT = context("reversal.what")
_DONE = context("reversal.done")
#: Between a verb of taking back and what is taken back: no other clause ("scrapping 1,800 jobs | as it plans").
_PARTS = context("reversal.parts")
#: "that decision has now been reversed", "scrapped its plans", "the workers will be rehired".
_TAKEN_BACK = Expression(
    rf"(?i)\b{_WHAT}\b(?:\s+(?!(?:and|but|that)\b)[\w’'-]+){{0,5}}?\s+(?:was|were|is|are|has|have|had|be|been|being)\s+"
    rf"(?:\w+\s+){{0,2}}{_DONE}\b"
    rf"|\b{_DONE}\s+(?:its|the|that|these|those|all|his|her|their|(?:about\s+|some\s+|nearly\s+)?\d[\d,]*)\s+(?:(?!(?:{_PARTS})\b)[\w’'-]+\s+){{0,3}}?{_WHAT}\b"
    r"|\b(?:be|been|were|was|are|being)\s+(?:\w+\s+)?"
    r"(?:rehired|re-hired|reinstated|(?:offered|given) (?:\w+\s+){0,3}jobs? back)\b"
    r"|\b(?:rehir(?:e|es|ed|ing)|reinstat(?:e|es|ed|ing)|tak(?:e|es|ing) back|took back)\s+(?:all\s+)?(?:of\s+)?"
    r"(?:the|those|these|its|them|everyone|all)\b"
    r"|\bnot redundant after all\b|\bwill not go ahead\b|\bno longer go(?:ing)? ahead\b"
)
#: Sentences behind the round in which it is looked for: more than an article has.
REACH = 60
#: Only asked for, only some of them, or only perhaps.
_NOT_SO = re.compile(rf"(?i)\b{context('reversal.not_so')}\b")
#: Behind it: it is only thought of ("rehiring them would be its priority").
_WOULD_BE = re.compile(r"(?i)\s+(?:would|could|may|might|should)\b")


def taken_back(found: list[Sentence], r: Round, others: frozenset[str]) -> Sentence | None:
    """The sentence of the article that takes the round back; None where there is none. `others` are those who cut."""
    first, last = r.statements[0].index, r.statements[-1].index
    for sentence in found[max(first - 2, 0) : last + REACH]:
        names = {mark.value.name for mark in sentence.of("company")}
        if names & others and r.company not in names:
            continue
        if _takes_back(sentence) and not _of_another(sentence, r):
            return sentence
    return None


def _of_another(sentence: Sentence, r: Round) -> bool:
    """Does the sentence count other people than the round's: "took back 5,000 layoffs", where 2,000 go all the same?"""
    own = {s.headcount.point for s in r.figured if s.headcount}
    told = {m.value.amount.point for m in sentence.of("headcount") if m.value.role in ("count", "cut")}
    return bool(own and told) and not own & told


@once
def _takes_back(sentence: Sentence) -> bool:
    words = sentence.words
    match = sentence.search(_TAKEN_BACK)
    if match is None or _WOULD_BE.match(words, match.end()):
        return False
    return not _NOT_SO.search(words[max(0, match.start() - 60) : match.end()])
