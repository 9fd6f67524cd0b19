"""Whether the employer confirms, anywhere in the article, a round that others told of."""

from __future__ import annotations

import re

from extract.rounds import Round
from extract.sentences import Sentence
from extract.words import context

_NOT = re.compile(rf"(?i)\b{context('confirming.not')}\b[^.;]{{0,40}}$")
#: A confirmation may stand so many sentences away in an article about several employers.
REACH = 3


def confirmed(found: list[Sentence], r: Round, single: bool) -> bool:
    """Does the employer, by its name or as "the company", a spokesperson or an executive, confirm the round?"""
    name = re.escape(r.company)
    confirms = re.compile(
        rf"(?i)(?:\b{context('confirming.speaker')}\b|\b{name}\b)(?:[^.;]{{0,60}}?)\b(?:confirmed|confirms|acknowledged)\b"
    )
    last = r.statements[-1].index
    near = found if single else found[r.statements[0].index : last + REACH]
    return any((m := confirms.search(s.words)) and not _NOT.search(s.words[: m.end()].rsplit(" ", 1)[0]) for s in near)
