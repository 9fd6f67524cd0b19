"""From an article to its claims, and from claims to the events of that article.

`claims` reads (spaCy marks -> statements -> rounds -> claims); `decide` only folds claims, so that events can be
rebuilt from stored claims without the text.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extract import RULES_VERSION, ai, items, timing
from extract import status as told
from extract.companies import company, fold, tidy
from extract.confidence import confidence
from extract.employer import Focus
from extract.marks import Mark
from extract.nlp import marked, pipeline
from extract.records import Article, Claim, Event
from extract.rounds import Round, rounds
from extract.sentences import Sentence, sentences
from extract.statements import Statement, placed, statements
from extract.topic import topic

#: Longer texts are no news article; what lies beyond is not read.
MAX_CHARACTERS = 100_000


@dataclass(frozen=True, slots=True)
class Reading:
    """What one article says: its claims, and by which rule each sentence about cuts came to nothing."""

    claims: tuple[Claim, ...]
    rejected: tuple[str, ...] = field(default=())


def claims(article: Article) -> tuple[Claim, ...]:
    """The claims of an article, in order of its rounds; empty when it tells of no employer's cut."""
    return read(article).claims


def read(article: Article) -> Reading:
    """As `claims`, with the rules that rejected what looked like a cut."""
    text = f"{article.title}\n\n{article.text}"[:MAX_CHARACTERS]
    published = _day(article.published)
    rejected: list[str] = []
    with pipeline().memory_zone():
        found = sentences(marked(text), len(article.title))
        items.mark(found)
        published = published or timing.dateline(found)
        about = topic(found, published)
        focus = Focus(topic=about.name, single=about.single, accepted=set(about.accepted))
        kept_rounds = rounds(placed(statements(found, focus, published, rejected), about, found, published))
        for r in kept_rounds:
            r.printed = printed(text, r)
        kept = [r for r in kept_rounds if _is_event(r, about.name, about.headline, rejected)]
        voices = ai.voices(found, kept, focus)
        made = tuple(c for i, r in enumerate(kept) for c in _claims_of(article, i, r, voices.get(i, []), found, published, about.single))
    return Reading(made, tuple(rejected))


def printed(text: str, r: Round) -> str:
    """The employer's name as this text has it: the usual short name, or what the text writes if it has only that."""
    if _find(text, r.company) >= 0:
        return r.company
    written = [tidy(text[s.who.mark.start : s.who.mark.end]) for s in r.statements if s.who.mark and s.who.mark.kind == "company" and s.who.mark.value.name == r.company]
    return written[0] if written else r.company


def _find(text: str, name: str) -> int:
    pattern = re.escape(name).replace("'", "['’]")
    match = re.search(rf"(?<![\w-]){pattern}(?![\w-])", text)
    return match.start() if match else -1


def _is_event(r: Round, about: str | None, headline: set[str], rejected: list[str]) -> bool:
    """A round counts with a figure or a unit; without, only of the company that the article is about."""
    telling = [s for s in r.statements if s.figures]
    if telling or r.action == "hiring_freeze" and any(s.who.score >= 60 for s in r.statements):
        return True
    strong = [s for s in r.statements if s.who.score >= 60 and _does(s)]
    if not strong or all(_begun(s) or s.status == "denied" and not told.says("denied", s.sentence.words.replace("ules out", "").replace("uled out", "")) for s in strong):
        rejected.append("round.bare")
        return False
    if any(s.unit and s.who.score >= 70 and s.bound.cut.value.kind != "noun" for s in strong):
        return True
    if r.company in headline or r.company == about and any(s.index <= 2 for s in strong):
        return True
    rejected.append("round.bare")
    return False


_DOES = re.compile(
    r"(?i)\b(?:announc|plan|begin|began|start|conduct|carr(?:y|ied|ies)|fac(?:e|ing)|hit|suffer|under(?:go|went)|confirm|prepar|consider|mak(?:e|ing)|made|report|expand|resum|continu|implement|execut|propos|warn|set|expect|see|deni|blam|cit|hold|held|order|extend|defend|delay|mull|ey(?:e|ing)|explor|want|say|said|has|had|with|end|cancel|scrap|revers|drop|appro)\w*\b"
)


def _does(s: Statement) -> bool:
    """Is a noun ("layoffs") the employer's own doing, and not only in the same sentence ("thanks to a wave of layoffs")?"""
    if s.bound.cut.value.kind != "noun" or s.who.mark is None or s.who.rule.split(".")[1] not in ("subject", "before", "executive"):
        return True
    return bool(_DOES.search(s.sentence.text[s.who.mark.end : s.bound.cut.start]))


def _begun(s: Statement) -> bool:
    """Only the beginning of cuts told before, or a mere possibility ("could mean more layoffs")."""
    words = s.sentence.text[s.sentence.start : s.bound.start]
    return bool(re.search(r"(?i)\b(?:begins?|began|start(?:s|ed|ing)?|initiate|could|may|might|fears? of|worr\w+ about|brac\w+ for)\b[^.;]{0,40}$", words)) and s.status in ("considered", "announced", "reported", "planned") and not s.sentence.title or bool(re.search(r"(?i)\bcould\b[^.;]{0,30}$", words))


def _claims_of(article: Article, number: int, r: Round, voices: list[ai.Voice], found: list[Sentence], published: dt.date | None, single: bool) -> Iterator[Claim]:
    best = r.headcount() or r.share() or r.statements[0]
    maker = _Maker(article, number, r.printed or r.company)
    named = next((s.who.mark for s in (best, *r.statements) if s.who.mark and s.who.rule.startswith("employer")), None)
    if named:
        yield maker.claim("company", best.sentence if named in best.sentence.of("company") else _sentence_of(r, named), named.start, named.end, best.who.rule, value=r.printed or r.company)
    yield maker.claim(
        "cut", best.sentence, best.sentence.start, best.sentence.end, best.bound.cut.rule, value=r.action, modality=_status(r, best),
        unit=next((s.unit for s in (best, *r.statements) if s.unit), None), current=not r.background, confidence=confidence(r),
    )  # fmt: skip
    for kind, chosen in (("headcount", r.headcount()), ("share", r.share())):
        mark = getattr(chosen.bound, kind) if chosen else None
        amount = getattr(chosen, kind) if chosen else None
        if chosen and mark and amount:
            yield maker.claim(kind, chosen.sentence, mark.start, mark.end, mark.rule, low=amount.low, high=amount.high, relation=amount.relation)
    dated = _dated(r, best)
    taken_back = _status(r, best) in ("denied", "cancelled")
    near = None if not taken_back and ((dated and dated.date) or r.background) else timing.announcement(found, [s.index for s in r.statements], published, single)
    if near:
        yield maker.claim("date", near[0], near[1].start, near[1].end, "date.announcement", value=near[2])
    if dated and dated.date_mark and dated.date and not near:
        yield maker.claim("date", _holding(found, dated.date_mark), dated.date_mark.start, dated.date_mark.end, dated.date_mark.rule, value=dated.date)
    for voice in voices:
        yield maker.claim("attribution", voice.sentence, voice.sentence.start, voice.sentence.end, voice.mark.rule, value=voice.link, polarity=voice.stance, speaker=voice.speaker)


def _holding(found: list[Sentence], mark: Mark) -> Sentence:
    return next(s for s in found if s.start <= mark.start < s.end)


def _sentence_of(r: Round, mark: Mark) -> Sentence:
    return next(s.sentence for s in r.statements if s.who.mark is mark)


def _dated(r: Round, best: Statement) -> Statement | None:
    """The statement whose date stands for the round: that of its figures first, a day before a month."""
    dated = [s for s in r.statements if s.date]
    return min(dated, key=lambda s: (s is not best and s.background != best.background, s.index > 0 and len(s.date or "") < 10, s is not best, s.index), default=None)


def _status(r: Round, best: Statement) -> str:
    """The round's status: denied and cancelled wherever told; else the plainest voice among its statements."""
    told = [s.status for s in r.statements]
    firm = any(s.figures and s.status in ("announced", "completed") and re.search(r"(?i)\bconfirmed|\bannounced", s.sentence.words) for s in r.statements)
    for strong in ("denied", "cancelled"):
        if strong in told and not (firm and strong == "denied"):
            return strong
    if r.background:
        return best.status
    figures = [s.status for s in r.statements if s.figures] or told
    for voice in ("announced", "reported", "considered", "planned", "completed"):
        if voice in figures:
            return voice
    return best.status


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes claims of one round: turns offsets in the document into offsets in the title or the text."""

    article: Article
    number: int
    company: str

    def claim(self, kind: str, sentence: Sentence, start: int, end: int, rule: str, **values: object) -> Claim:
        title = sentence.start < len(self.article.title)
        shift = 0 if title else len(self.article.title) + 2
        quote = (self.article.title if title else self.article.text)[start - shift : end - shift]
        return Claim(
            kind=kind, round=self.number, company=self.company, field="title" if title else "text", start=start - shift, end=end - shift,
            quote=quote, sentence_start=sentence.start - shift, sentence_end=sentence.end - shift, rule=rule, **values,
        )  # type: ignore[arg-type]  # fmt: skip


def decide(article: Article, found: Sequence[Claim]) -> tuple[Event, ...]:
    """The events that an article's claims make, one for each round, in order; `event_id` stays None."""
    numbers = sorted({c.round for c in found})
    return tuple(_event(article, [c for c in found if c.round == n]) for n in numbers)


def _event(article: Article, found: list[Claim]) -> Event:
    by_kind = {c.kind: c for c in reversed(found)}
    cut = by_kind["cut"]
    headcount, share, told = by_kind.get("headcount"), by_kind.get("share"), by_kind.get("date")
    known = company(cut.company)
    tied, link, voice = _ai(found)
    date = told.value if told else (article.published or "")[:10] or None if cut.current else None
    evidence, ai_evidence = _evidence(article, cut), _evidence(article, voice)
    return Event(
        company=cut.company, ticker=known.ticker if known else None, industry=known.industry if known else None,
        country=known.country if known else None, action=cut.value or "layoff", status=cut.modality or "announced",
        date=date, date_precision=precision(date), headcount=point(headcount), headcount_min=_int(headcount and headcount.low),
        headcount_max=_int(headcount and headcount.high), headcount_relation=headcount.relation if headcount else None,
        pct_min=share.low if share else None, pct_max=share.high if share else None, pct_relation=share.relation if share else None,
        unit=cut.unit, ai=tied, ai_link=link, ai_speaker=voice.speaker if voice else None,
        evidence=evidence[0], evidence_url=evidence[1], evidence_field=evidence[2], evidence_start=evidence[3], evidence_end=evidence[4],
        ai_evidence=ai_evidence[0], ai_evidence_url=ai_evidence[1], ai_evidence_field=ai_evidence[2],
        ai_evidence_start=ai_evidence[3], ai_evidence_end=ai_evidence[4],
        first_reported=(article.published or "")[:10] or None, last_reported=(article.published or "")[:10] or None,
        source_urls=(article.url,), confidence=cut.confidence, rules=tuple(dict.fromkeys(c.rule for c in found)),
        rules_version=RULES_VERSION, updated_at=article.published or article.fetched_at,
    )  # fmt: skip


def _ai(found: list[Claim]) -> tuple[str, str | None, Claim | None]:
    """An explicit denial by the employer wins, then the employer's own voice, then everyone else's."""
    spoken = [c for c in found if c.kind == "attribution"]
    denials = [c for c in spoken if c.polarity == "denies" and c.speaker == "company"]
    if denials:
        return "denied", None, denials[0]
    for who in ("company", "third_party"):
        own = sorted((c for c in spoken if c.speaker == who), key=lambda c: (c.value == "unspecified", c.field != "title", c.start))
        if own:
            specific = next((c.value for c in (*own, *spoken) if c.value != "unspecified"), "unspecified")
            return who, specific, own[0]
    return "none", None, None


def _evidence(article: Article, claim: Claim | None) -> tuple[str | None, str | None, str | None, int | None, int | None]:
    if claim is None:
        return None, None, None, None, None
    start, end = claim.sentence_start, claim.sentence_end
    return article[claim.field][start:end], article.url, claim.field, start, end


def point(claim: Claim | None) -> int | None:
    """The stated number, also where it is a bound; the middle of a range; None for "hundreds" and the like."""
    if claim is None or claim.relation == "vague":
        return None
    low, high = claim.low, claim.high
    if low is not None and high is not None:
        return round((low + high) / 2)
    return _int(low if low is not None else high)


def _int(value: float | None) -> int | None:
    return None if value is None else int(value)


def precision(date: str | None) -> str | None:
    """day, month, quarter or year, by the form of an ISO date."""
    if not date:
        return None
    return {4: "year", 7: "quarter" if "Q" in date else "month"}.get(len(date), "day")


def _day(published: str | None) -> dt.date | None:
    return dt.date.fromisoformat(published[:10]) if published else None


def folded(name: str) -> str:
    """Name under which events of one company meet (see extract.companies.fold)."""
    return fold(name)
