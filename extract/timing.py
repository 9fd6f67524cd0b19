"""When a statement's cut was announced: the date in its own clause that tells it, and whether it is background."""

from __future__ import annotations

import datetime as dt
import re

from extract.components import date as dates
from extract.figures import Bound
from extract.marks import Mark
from extract.sentences import Sentence
from extract.status import future

#: Before a date: it tells when jobs end, a period of figures or something else, not the announcement.
_NOT_ANNOUNCED = re.compile(
    r"(?i)\b(?:by|until|till|through|from|starting|start(?:s|ed)?(?: on| in)?|begin(?:s|ning)?(?: on| in)?|began(?: on| in)?|effective|end of|the end of|end in|before|over the|within|finish\w*|complet\w+(?: in| by)?|last day(?: is| on)?|since|ended|as of|"
    r"expires?|per|compared (?:to|with)|against|quarter|fiscal(?: year)?|year to|than in|took (?:it )?over in|founded in|hired in|launched in|bought in|acquired in|than|in the|for the|reported for|across|between)\s*$"
)
#: The verb that the date stands by tells the announcement.
_SAID_ON = re.compile(r"(?i)\b(?:said|announced|told|confirmed|filed|notified|dated|disclosed|revealed|posted|published|unveiled)(?:\s+(?:staff|employees|workers|investors|it|this|that|us|them|the state))?\s+(?:(?:late|early|back)\s+)?(?:on\s+|in\s+)?$")
_FISCAL = re.compile(r"(?i)\b(?:revenue|profit|loss|sales|results|earnings|shares|stock|founded|launched|acquired|bought|employed|employees (?:at|as of|in)|staff (?:at|as of)|headcount (?:at|as of))\b[^,;.]{0,30}$")
#: The cut is what something else comes after, happens during, or is about.
_AFTERMATH = re.compile(
    r"(?i)\b(?:after|following|despite|during|over|since|in the wake of|in response to|on top of|besides|handled|hours before(?: announcing)?|before|ahead of)\s+"
    r"(?:(?!(?:said|says)\b)[\w’'.-]+\s+){0,6}?(?:(?:it|they|he|she)\s+)?(?:[\w’'.-]+\s+){0,5}$|\bformer\b|\bwhen\s+(?:[\w’'.-]+\s+){1,3}told\s+$|\b(?:the|its|’s|'s) recent\s+$"
)
#: Before "laid off workers" as an adjective: they went before, and the sentence tells another thing.
_ADJECTIVE = re.compile(r"(?i)\b(?:hints?|for|of|by|the|many|some|its|as|to|from|with|says|and|help\w*|hire[sd]?|hiring|rehire[sd]?|former|recently|that|support\w*|invit\w+)\s+$")
_FOLLOWS = re.compile(r"(?i)^(?:these|this|that|it|they|the (?:latest |new )?(?:cuts|layoffs|round|move|news|announcement))\s+(?:follows?|comes? (?:\w+\s+){0,3}after|came (?:\w+\s+){0,3}after)\b")
_EARLIER = re.compile(
    r"(?i)\b(?:previously|earlier(?! reports)|back in|had (?:(?:already|earlier|also|previously|just)\s+)?(?:been\s+)?$|having\s+$|had (?:already |earlier |also |previously )?(?:eliminated|axed|slashed|trimmed|dismissed|furloughed|cut|laid|let|shed|frozen|brought|announced|said)|last year|last summer|in the past|follows?\b|first round|previous|(?:months?|weeks?|years?) (?:ago|after|earlier)|another wave of|already)\b[^;]{0,40}$|\bhad\s+$|\bhaving\s+$"
)
_EARLIER_BEHIND = re.compile(r"(?i)^[^,;.]{0,25}\b(?:back in|last (?:year|summer|month|june|july|august|september|october|november|december|january|february|march|april|may)|ago\b|earlier (?:this|in|that)|in the past \d+|since (?:last|\w+ember|\w+uary|20))")
_COARSE = ("year", "yr", "quarter", "mon", "month", "my", "month_rel", "month_ago")


def announced(sentence: Sentence, bound: Bound, others: list[Bound], published: dt.date | None) -> tuple[str | None, Mark] | None:
    """The date that the sentence tells of the statement: ISO (None where it cannot be resolved) and mark; else None."""
    best: tuple[float, str | None, Mark] | None = None
    for mark in sentence.of("date"):
        iso = dates.resolve(mark.value, published)
        if _of_sibling(mark, bound, others) or not _fits(sentence, bound, mark) or _crosses(mark, bound, others) or _of_earlier(sentence, mark, bound, others) or _period(sentence, mark):
            continue
        distance = min(abs(mark.start - bound.end), abs(bound.start - mark.end)) if not bound.start <= mark.start < bound.end else 0
        cost = distance + (30 if mark.start < bound.start and _crosses_comma(sentence, mark, bound) else 0)
        if best is None or cost < best[0]:
            best = (cost, iso, mark)
    if best:
        return best[1], best[2]
    opening = next((m for m in sentence.of("date") if m.start - sentence.start < 24 and sentence.text[m.end : m.end + 1] == ","), None)
    if opening and opening.end <= bound.start and _fits(sentence, bound, opening):
        return dates.resolve(opening.value, published), opening  # "In the past week, A announced … while B unveiled …"
    return None


def _crosses_comma(sentence: Sentence, mark: Mark, bound: Bound) -> bool:
    return "," in sentence.text[mark.end + 1 : bound.start].rstrip(", ")


def _fits(sentence: Sentence, bound: Bound, mark: Mark) -> bool:
    before = sentence.text[max(sentence.start, mark.start - 40) : mark.start]
    if _SAID_ON.search(before):
        return True
    kind = mark.rule.removeprefix("date.")
    words = mark.value.lower()
    if _NOT_ANNOUNCED.search(before) or re.match(r"(?i)(?:since|until|by|through|from|during|for|end of)\b", words) or "next" in words or "later" in words:
        return False
    if _FISCAL.search(before) or re.match(r"(?i)\s*(?:quarter|results|earnings|fiscal|revenue)", sentence.text[mark.end : mark.end + 12]):
        return False
    if kind in _COARSE and future(sentence, bound) and not re.search(r"(?i)\b(?:said|announced|told|confirmed|disclosed|promised)\b", sentence.words):
        return False
    after_cut = mark.start > bound.cut.end
    if kind in (*_COARSE, "week") and after_cut and (future(sentence, bound) or re.search(r"(?i)\b(?:begin|start|set to|plan)\w*\b", sentence.text[bound.start : mark.start])):
        return False
    if kind in ("md", "dm") and after_cut and future(sentence, bound):
        return False
    if kind in ("yr", "year", "quarter") and after_cut:
        gap = sentence.text[bound.end : mark.start] if mark.start > bound.end else ""
        return len(gap) < 40 and not re.search(r"(?i)\bto\b|\beffort|\bsavings?\b", gap)
    return True


def _of_sibling(mark: Mark, bound: Bound, others: list[Bound]) -> bool:
    """Under one verb with two numbers ("225 last June, and 284 in January") a date belongs to the number before it."""
    if bound.headcount is None or not bound.start <= mark.start < bound.headcount.start:
        return False
    return any(o.cut is bound.cut and o.headcount and o is not bound and o.headcount.end <= mark.start for o in others)


def _of_earlier(sentence: Sentence, mark: Mark, bound: Bound, others: list[Bound]) -> bool:
    """Does the date close the statement before: "300 at Acme in March, and 40 at Beta"?"""
    if mark.start > bound.start or not any(o.end <= mark.start for o in others if o is not bound):
        return False
    return bool(re.match(r"\s*(?:,(?!\s+when\b)|;|and\b|while\b)", sentence.text[mark.end : bound.start]))


def _period(sentence: Sentence, mark: Mark) -> bool:
    """Is the date one end of a period: "across late 2025 and early 2026"?"""
    for other in sentence.of("date"):
        low, high = sorted((mark, other), key=lambda m: m.start)
        if other is not mark and re.fullmatch(r"\s*(?:and|to|through|until|–|-|or)\s+(?:early\s|late\s|the\s)?", sentence.text[low.end : high.start]):
            return True
    return False


def _crosses(mark: Mark, bound: Bound, others: list[Bound]) -> bool:
    """Does another statement of the sentence stand between the date and this one?"""
    low, high = (mark.end, bound.start) if mark.start < bound.start else (bound.end, mark.start)
    return any(o is not bound and low <= o.start and o.end <= high for o in others)


def background(sentence: Sentence, bound: Bound, iso: str | None, published: dt.date | None) -> bool:
    """Is the statement told as an earlier round, not as this article's news?"""
    if iso and published and _older(iso, published):
        return True
    if iso and published is None and len(iso) == 4:
        return True
    lead = sentence.text[sentence.start : bound.start][-70:]
    if re.search(r"(?i)\b(?:said|announced|confirmed|told|disclosed|revealed|wrote)\b[^;]{0,50}\b(?:it|they|the [\w-]+|he|she) had (?:been\s+)?$", sentence.text[sentence.start : bound.start]) and not re.search(r"(?i)\b(?:earlier|previously|already)\b", lead):
        return False
    behind = sentence.text[bound.end : min(sentence.end, bound.end + 40)]
    if bound.cut.value.kind == "people" and _ADJECTIVE.search(lead) and re.match(r"\s+(?:workers|employees|staff|staffers|people|folks)\b", sentence.text[bound.cut.end : bound.cut.end + 12]):
        return True
    if _AFTERMATH.search(lead) or _FOLLOWS.match(sentence.words):
        return True
    if sentence.title:
        return False
    return bool(_EARLIER.search(lead) or _EARLIER_BEHIND.match(behind))


def _older(iso: str, published: dt.date) -> bool:
    """Does the date lie clearly before the article's own news (a fortnight, an earlier month, an earlier year)?"""
    if "Q" in iso:
        return True
    if len(iso) == 10:
        return (published - dt.date.fromisoformat(iso)).days > 14
    if len(iso) == 7:
        return iso < published.isoformat()[:7] and not (published.day <= 10 and _month_before(published) == iso)
    return iso < str(published.year)


def _month_before(day: dt.date) -> str:
    first = day.replace(day=1) - dt.timedelta(days=1)
    return first.isoformat()[:7]


_ANNOUNCING = re.compile(
    r"(?i)\b(?:announc\w+|said|says|told|confirmed|disclosed|memo|e-?mail\w*|filing|filed|statement|letter|notified|informed|revealed|unveiled|surfaced|report(?:ed|s)?|call|wrote|came|posted|news)\b[^.;]{0,90}$"
)


def announcement(found: list[Sentence], told: list[int], published: dt.date | None, single: bool) -> tuple[Sentence, Mark, str] | None:
    """A day by which a sentence near the statements dates the announcement: "The plan surfaced on Wednesday in a filing".

    `told` are the indices of the round's sentences. Looked at first are those, then their neighbours; in an article
    about one employer six sentences around, else only the paragraph.
    """
    if published is None:
        return None
    near = sorted(range(len(found)), key=lambda i: (min(abs(i - t) for t in told), i))
    for index in near:
        sentence = found[index]
        away = min(abs(index - t) for t in told)
        if away > 6 or (not single and away and not any(found[t].paragraph == sentence.paragraph for t in told)):
            continue
        if (day := _announcing_day(sentence, published)) is not None:
            return sentence, *day
    return None


def _announcing_day(sentence: Sentence, published: dt.date) -> tuple[Mark, str] | None:
    for mark in sentence.of("date"):
        before = sentence.text[max(sentence.start, mark.start - 100) : mark.start]
        after = sentence.text[mark.end : min(sentence.end, mark.end + 50)]
        if mark.rule.removeprefix("date.") not in ("weekday", "rel", "md", "dm", "mdy", "dmy") or _NOT_ANNOUNCED.search(before):
            continue
        iso = dates.resolve(mark.value, published)
        spoken = _ANNOUNCING.search(before) or re.match(r"(?i)[^.;]{0,30}\b(?:said|announc\w+|told|confirmed)\b", after)
        if iso and len(iso) == 10 and spoken and 0 <= (published - dt.date.fromisoformat(iso)).days <= 8:
            return mark, iso
    return None


def dateline(found: list[Sentence]) -> dt.date | None:
    """The day that opens the text ("GARY, Ind., June 4, 2024 -"): the article's own, where nothing else dates it."""
    for sentence in found[:4]:
        for mark in sentence.of("date"):
            if mark.rule in ("date.mdy", "date.dmy", "date.iso") and mark.start - sentence.start < 60:
                behind = sentence.text[mark.end : mark.end + 3]
                alone = mark.end >= sentence.end or re.match(r"\s*[—–:|(-]|\s*\n", behind)
                if alone and (iso := dates.resolve(mark.value, None)):
                    return dt.date.fromisoformat(iso)
    return None


_FRAME = re.compile(
    r"(?i)\b(?:(?:layoffs|job cuts|cuts|lose jobs|jobs|roundup|list)\b[^.\n]{0,60}?\b(?:in|of|for|since the start of)\s+(?P<after>20[12]\d)|(?P<before>20[12]\d)\s+(?:tech\s+)?layoffs|open\s+(?P<open>20[12]\d)\s+with"
    r"|\b(?:in|year)\s+(?P<year>20[12]\d)\s*(?:so far|to date|,)|(?P<so>20[12]\d)\s+(?:so far|to date))"
)


def frame(found: list[Sentence]) -> tuple[str, Mark] | None:
    """The year that a list of cuts names as its own in headline or first sentences, with its mark."""
    for sentence in found[:4]:
        match = _FRAME.search(sentence.words)
        if match:
            group = next(g for g in ("after", "before", "open", "year", "so") if match[g])
            start = sentence.start + match.start(group)
            return match[group], Mark("date", start, start + 4, match[group], "date.frame")
    return None


_RECENT = re.compile(r"(?i)\b(?:this week|this month|(?:the|over the|in the) (?:past|last) (?:week|few days)|the week (?:to|in)|weekly|week in)\b")


def recent_frame(found: list[Sentence], published: dt.date) -> tuple[str, Mark] | None:
    """The month, where headline or lead says that a list is of this week or month."""
    for sentence in found[:3]:
        match = _RECENT.search(sentence.words)
        if match:
            start, end = sentence.start + match.start(), sentence.start + match.end()
            return published.isoformat()[:7], Mark("date", start, end, match[0], "date.frame")
    return None
