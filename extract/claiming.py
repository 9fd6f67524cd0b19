"""The claims that one round of an article makes: company, cut, headcount, share, date and attributions to AI."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from extract.aftermath import Later
from extract.ai import Voice
from extract.amounts import Amount
from extract.announcement import Near, announcement, first_told
from extract.companies import tidy
from extract.confidence import confidence
from extract.confirming import confirmed, contradicted
from extract.follow_ups import FollowUp
from extract.making import Maker
from extract.marks import Mark
from extract.records import Article, Claim, ClaimKind
from extract.reversal import taken_back
from extract.rounds import Round
from extract.sentences import Sentence
from extract.statements import Statement
from extract.told_by import own_voice
from extract.work import systems, work

_WITHIN = re.compile(r"[\w-]")
_FIRM = re.compile(r"(?i)\bconfirmed|\bannounced")
#: Voices of a round's statements, the plainest first.
_PLAINEST = ("announced", "considered", "planned", "completed")


@dataclass(frozen=True, slots=True)
class Source:
    """What the claims are made from: article, sentences, whether it is about one employer (`single`), who cuts."""

    article: Article
    found: list[Sentence]
    published: dt.date | None
    single: bool
    employers: frozenset[str]


def claims_of(
    source: Source, number: int, r: Round, voices: Sequence[Voice], later: Sequence[Later] = ()
) -> Iterator[Claim]:
    """The claims of the round, the `number`-th of its article, with the voices on AI and what became of it."""
    maker = Maker(source.article, number, r.printed or r.company)
    back = taken_back(source.found, r, source.employers - {r.company}) if source.single else None
    yield from _company(maker, r)
    yield _cut(maker, source, r, back)
    yield from _figures(maker, r)
    yield from _date(maker, source, r, back)
    for voice in voices:
        yield _attribution(maker, voice)
    for named in (*work(r), *systems(voices)):
        kind: ClaimKind = "work" if named.mark.kind == "work" else "system"
        yield maker.claim(kind, named.sentence, named.mark, named.mark.rule, value=named.value)
    for one in later:
        yield maker.claim("aftermath", one.sentence, one.sentence, f"aftermath.{one.kind}", value=one.kind)


def lone_claims(article: Article, found: Sequence[FollowUp], first: int) -> Iterator[Claim]:
    """The claims of follow-ups of cuts that the article does not tell, each a round from `first` on without a cut."""
    for number, one in enumerate(found, first):
        maker = Maker(article, number, one.company)
        modality = "ai" if one.of_ai else None
        rule = f"aftermath.{one.kind}"
        yield maker.claim("aftermath", one.sentence, one.sentence, rule, value=one.kind, modality=modality)


def _attribution(maker: Maker, voice: Voice) -> Claim:
    return maker.claim(
        "attribution",
        voice.sentence,
        voice.sentence,
        voice.rule,
        value=voice.link,
        polarity=voice.stance,
        modality=voice.strength,
        speaker=voice.speaker.kind,
        speaker_role=voice.speaker.role,
        speaker_name=voice.speaker.name,
        low=voice.people.low if voice.people else None,
        high=voice.people.high if voice.people else None,
        relation=voice.people.relation if voice.people else None,
    )


def printed(found: Sequence[Sentence], r: Round) -> str:
    """The employer's name as this text has it: the usual short name, or what the text writes if it has only that."""
    text = found[0].text if found else ""
    if _stands(r.company.replace("’", "'"), text.replace("’", "'")):
        return r.company
    own = (s.who.mark for s in r.statements if s.who.mark and s.who.mark.kind == "company")
    named = chain(own, (mark for sentence in found for mark in sentence.of("company")))
    written = (tidy(text[mark.start : mark.end]) for mark in named if mark.value.name == r.company)
    return next(written, r.company)


def _stands(name: str, text: str) -> bool:
    """Does the name stand in the text as a word, not inside another?"""
    at = text.find(name)
    while at >= 0 and (_WITHIN.match(text[at - 1 : at]) or _WITHIN.match(text, at + len(name))):
        at = text.find(name, at + 1)
    return at >= 0


def _company(maker: Maker, r: Round) -> Iterator[Claim]:
    """Where the employer is named, if it is and not only referred to."""
    best = r.best
    for s in (best, *r.statements):
        if s.who.mark and s.who.rule.startswith("employer"):
            mark = s.who.mark
            own = best.sentence if mark in best.sentence.of("company") else _first_with(r, mark)
            yield maker.claim("company", own, mark, best.who.rule, value=maker.company)
            return


def _first_with(r: Round, mark: Mark) -> Sentence:
    return next(s.sentence for s in r.statements if s.who.mark is mark)


def _cut(maker: Maker, source: Source, r: Round, back: Sentence | None) -> Claim:
    best = r.best
    return maker.claim(
        "cut",
        best.sentence,
        best.sentence,
        best.bound.cut.rule,
        value=r.action,
        modality=_status(r, source, back),
        unit=next((s.unit for s in (best, *r.statements) if s.unit), None),
        current=not r.background or back is not None,
        confidence=confidence(r),
    )


def _figures(maker: Maker, r: Round) -> Iterator[Claim]:
    """The headcount and the share that stand for the round."""
    if (told := r.headcount()) and told.bound.headcount and told.headcount:
        yield _figure(maker, "headcount", told.sentence, told.bound.headcount, told.headcount)
    if (told := r.share()) and told.bound.share and told.share:
        yield _figure(maker, "share", told.sentence, told.bound.share, told.share)


def _figure(maker: Maker, kind: ClaimKind, sentence: Sentence, mark: Mark, amount: Amount) -> Claim:
    return maker.claim(kind, sentence, mark, mark.rule, low=amount.low, high=amount.high, relation=amount.relation)


def _date(maker: Maker, source: Source, r: Round, back: Sentence | None) -> Iterator[Claim]:
    """The date told with the round; without one, or where the round is taken back, a day announced near it."""
    dated = _dated(r)
    undone = _status(r, source, back) in ("denied", "cancelled")
    if source.published and (undone or not r.background):
        told = [source.found.index(back)] if back else [s.index for s in r.statements]
        near = Near(source.found, told, source.employers - {r.company}, source.published, source.single)
        first = first_told(near) if source.single and not undone else None
        day = announcement(near) if undone or not (dated or first) else first
        if day:
            yield maker.claim("date", day[0], day[1], "date.announcement", value=day[2])
        if day or back:
            return
    if dated and dated.date_mark:
        mark = dated.date_mark
        sentence = next(s for s in source.found if s.start <= mark.start < s.end)
        yield maker.claim("date", sentence, mark, mark.rule, value=dated.date)


def _dated(r: Round) -> Statement | None:
    """The statement whose date stands for the round: that of its figures first, a day before a month."""
    best = r.best

    def rank(s: Statement) -> tuple[bool, bool, bool, int]:
        coarse = (s.index > 0 or s is not best) and len(s.date or "") < 10
        return s is not best and s.background != best.background, coarse, s is not best, s.index

    return min((s for s in r.statements if s.date), key=rank, default=None)


def _status(r: Round, source: Source, back: Sentence | None) -> str:
    """The round's status: denied and cancelled wherever told; else the employer's voice before that of sources,
    and both before what is told flatly."""
    told = {s.status for s in r.statements}
    if "denied" in told and not any(_firmly_told(s) for s in r.figured):
        return "denied"
    if source.single and contradicted(source.found, r):
        return "denied"
    if "cancelled" in told or back:
        return "cancelled"
    if r.background:
        return next((s.status for s in (r.best, *r.statements) if s.background), r.best.status)
    news = [s for s in r.statements if not s.background]
    figured = [s for s in r.figured if not _part_told(r, s)]
    main = news if all(s.background for s in r.figured) and news else figured or r.statements
    if any(s.status == "announced" and own_voice(s.sentence, s.bound, s.company) for s in main):
        return "announced"
    if main[0].status == "considered":
        return "considered"
    voices = {s.status for s in main}
    if "reported" in voices:
        return "announced" if confirmed(source.found, r, source.single) else "reported"
    return next((voice for voice in _PLAINEST if voice in voices), r.best.status)


def _part_told(r: Round, s: Statement) -> bool:
    """Do others tell of a part only: the union of 438 of its members, where the round is one of 3,500?"""
    whole = r.best.headcount
    if s.status != "reported" or s is r.best or whole is None or s.headcount is None:
        return False
    return s.headcount.relation != "vague" != whole.relation and s.headcount.point < 0.9 * whole.point


def _firmly_told(s: Statement) -> bool:
    """Does the statement announce or confirm its figures, so that a denial elsewhere is of something else?"""
    return s.status in ("announced", "completed") and bool(_FIRM.search(s.sentence.words))
