"""Marks numbers of people or jobs: "about 1,200 jobs", "hundreds of staff", and bare numbers that a cut may govern."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from extract import numbers, vocabulary, words
from extract.marks import Mark, coat, marks, text_of


@dataclass(frozen=True, slots=True)
class Headcount:
    """A counted number of people or jobs: its bounds, the noun counted (None for a bare number) and its role.

    role: "count" (may be a cut), "cut" (the noun itself is a cut: "1,200 layoffs"), "size" (of company or team),
    "hire", "work" (does the work of N), "voice" (employees who speak), "bare" (a number without noun), "bare_trade" (with
    a noun that only its form shows to name people), "vacancy".
    """

    amount: numbers.Amount
    noun: str | None
    role: str


_CUT_NOUN = re.compile(r"(?i)layoffs?|lay-offs?|redundanc|cuts\b|job loss|eliminations|reductions|retrenchments|dismissals|buyouts")
_HEDGES = r"(?:about|around|roughly|approximately|some|nearly|almost|only|just|now|currently|still|over|under|more than|fewer than|less than|up to|an estimated|close to|at least|then|today|already|just over|just under|well over)"
_SIZE_WORD = re.compile(
    r"(?i)\b(?:employ(?:s|ed|ing)?|has|have|counts?|counted|numbered|workforce of|staff of|headcount of|payroll of|teams? of|army of"
    r"|of its|of their|of his|of our|out of|among its|remaining|home to|groups of|batches of|batch of|(?:workforce|headcount|staff|employees)\s+(?:was|is|at|stood at"
    r"|stands at|totaled|totalled|grew to|fell to|of)|\d\s+of)(?:\s+(?:a total of|" + _HEDGES + r"))*\s*$"
)
_WITH_SIZE = re.compile(r"(?i)\b(?:with|had|than|its|their|the)(?:\s+" + _HEDGES + r")*\s*$")
_SIZE_AFTER = re.compile(
    r"(?i)\s*(?:-|\u2010)?\s*(?:(?:full-time |total |global )?(?:employees|people|workers|staff|staffers|jobs|members))?\s*"
    r"(?:(?:worldwide|globally|around the world|in total|overall|in all)\s*[,.]?\s*(?:as of|at the end|by the end|before)"
    r"|as of|at the end of|on (?:the|its) payroll|before the (?:cuts|layoffs)|remain\b|in place|at (?:present|the time)"
    r"|(?:who )?(?:work|worked) (?:at|for|in|there)|strong\b)"
)
_HIRE = re.compile(
    r"(?i)\b(?:hir(?:e|es|ed|ing)|rehir(?:e|ed|ing)|recruit(?:s|ed|ing)?|add(?:s|ed|ing)?|creat(?:e|es|ed|ing)|train(?:s|ed|ing)?"
    r"|take on|took on|taken on|taking on|grow(?:s|ing)? (?:by|to)|grew (?:by|to)|brought on|onboard(?:ed|ing)?|promot(?:e|ed|ing)"
    r"|bring(?:ing)? back|brought back|reinstat(?:e|ed|ing)|relocat(?:e|ed|ing)|mov(?:e|ed|ing)|transfer(?:red|ring)?|keep|kept|sav(?:e|ed|ing))"
    r"(?:\s+(?:as many as|an additional|another|a further|the|" + _HEDGES + r"))*\s*$"
)
_WORK = re.compile(r"(?i)\b(?:works?|jobs?|output|equivalent|productivity|replacement|capacity|role|tasks?)\s+of(?:\s+" + _HEDGES + r")*\s*$|\bas much (?:work )?.{0,20}\bas(?:\s+" + _HEDGES + r")*\s*$")
_VACANCY = re.compile(r"(?i)\b(?:open|unfilled|vacant|advertised|new)\b|vacanc|openings|adverts")
#: Employees who speak, not who go: "say two employees", "told by three workers".
_SPEAKING = re.compile(r"(?i)\b(?:say|says|said|according to|told|interviews with|spoke (?:to|with)|letter from|signed by|petition (?:of|by)|representing|represents|behalf of|lawyers? for|letters? by)(?:\s+" + _HEDGES + r")*\s*$")
_SPEAKERS = re.compile(r"(?i)\s+(?:who|in the|familiar|with knowledge|at|from|close to|said|say|told|says|were affected)\b|\s+[a-z]+s\b(?<!jobs)")
#: "the number of positions affected at 2,350": a bare number that is said to be the number.
_NUMBER_OF = re.compile(r"(?i)\b(?:number|figure|tally|toll)\b[^.;]{0,60}\b(?:at|of|to|is|was|be|stands at|stood at)(?:\s+" + _HEDGES + r")*\s*$")
#: "expands layoffs from 10,000 to 18,000": the later number is the figure.
_RISING = re.compile(r"(?i)\b(?:layoffs|lay-offs|job cuts|cuts|redundancies|job losses)\s+$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_BARE_NEXT = re.compile(
    r"(?i)[ \t]*(?:$|\n|[.,;:)\]—–”\"'’|]|(?:in|at|from|by|as|after|this|over|across|on|worldwide|globally|amid|since|and|or|more|to|for|with|next"
    r"|before|because|due|while|redundant|of (?:its|them|those|the)|will|were|are|have|had|of whom|,)\b)"
)


@cache
def _noun() -> re.Pattern[str]:
    return re.compile(
        rf"(?i)[\"”“]?\s+(?:of\s+)?(?:(?:the|its|their|his|our|these|those|more|other|further|additional)\s+)*"
        rf"(?P<mods>(?:{words.MODIFIER}[ \u00a0]+){{0,5}}?)(?P<noun>{words.people()})\b(?!-)"
    )


def find(doc: Doc) -> Iterator[Mark]:
    """Every quantity that counts people or jobs, and every bare number that might."""
    text = text_of(doc)
    shares = [(m.start, m.end) for m in marks(doc, "share")]
    for match in numbers.QUANTITY.finditer(text):
        amount = numbers.amount(match)
        if amount is None or (amount.point < 2 and amount.relation == "exact"):
            continue
        if any(start <= match.start() < end for start, end in shares):
            continue
        yield from _read(text, match, amount)


def _read(text: str, match: re.Match[str], amount: numbers.Amount) -> Iterator[Mark]:
    noun = _noun().match(text, match.end())
    if re.match(r"\s?(?:%|per\s?cent|percent|pct|percentage|-?year|-?day|-?week|-?month|-?hour|-?square|-?storey|-?point)", text[match.end() : match.end() + 14], re.I):
        return
    if re.match(r"-(?:person|strong|member|employee|people|man)\b", text[match.end() : match.end() + 12]):
        yield Mark("headcount", match.start(), match.end(), Headcount(amount, None, "size"), "headcount.size")
        return
    if noun and not (match["number"] and _YEAR.fullmatch(match["number"]) and _is_year(text, match, noun)):
        role = _role(text, match, noun)
        if role == "size" and match["low"] and _RISING.search(text[max(0, match.start() - 24) : match.start()]):
            role, amount = "count", numbers.bounded(amount.high or 0.0, None)
        yield Mark("headcount", match.start(), noun.end(), Headcount(amount, noun["noun"].lower(), role), f"headcount.{role}")
    elif amount.point >= 2 and (trade := _trade(text, match)):
        yield Mark("headcount", match.start(), trade, Headcount(amount, text[match.end() : trade].split()[-1].lower(), "bare_trade"), "headcount.trade")
    elif amount.point >= 10 and _may_be_bare(text, match):
        role = "count" if _NUMBER_OF.search(text[max(0, match.start() - 90) : match.start()]) else "bare"
        yield Mark("headcount", match.start(), match.end(), Headcount(amount, None, role), f"headcount.{role}")


_TRADE = re.compile(rf"\s+(?:{words.MODIFIER}[ ]){{0,2}}?(?P<noun>[a-z-]+(?:ers|ors|ists|ians|eers|men|women|ees|smiths|wrights))\b(?!-)")


def _trade(text: str, match: re.Match[str]) -> int | None:
    """End of a plural that by its form names people of a trade ("70 bookkeepers"), None for other words."""
    found = _TRADE.match(text, match.end())
    if found is None or found["noun"] in vocabulary.lines("not_people.txt"):
        return None
    return found.end()


def _is_year(text: str, match: re.Match[str], noun: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 12) : match.start()].lower()
    return bool(re.search(r"\b(?:in|of|since|by|during|late|early|mid|from|until|for|[a-z]{3,9}\.?)\s+$", before)) and not re.search(
        r"\b(?:cut|axe|shed|off|fire|eliminate|slash|of)\s+$", before
    )


def _role(text: str, match: re.Match[str], noun: re.Match[str]) -> str:
    before = text[max(0, match.start() - 70) : match.start()]
    if _WORK.search(before):
        return "work"
    if _SPEAKING.search(before) and _SPEAKERS.match(text, noun.end()):
        return "voice"
    if _HIRE.search(before):
        return "hire"
    if _VACANCY.search(noun["mods"]) or _VACANCY.search(noun["noun"]):
        return "vacancy"
    if _CUT_NOUN.search(noun["noun"]):
        return "cut"
    if match["between"] and match["between"].lower() == "from":
        return "size"
    if _SIZE_WORD.search(before) or _SIZE_AFTER.match(text, noun.end()):
        return "size"
    if _WITH_SIZE.search(before):
        return "maybe_size"
    return "count"


def _may_be_bare(text: str, match: re.Match[str]) -> bool:
    if match["vague"]:
        return True
    if match["number"] and _YEAR.fullmatch(match["number"]):
        return False
    if re.search(r"(?i)[$€£¥₹#]\s?$|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.?\s*$|\b(?:USD|EUR|GBP|Rs\.?|INR|AU\$|US\$|aged?|page|no\.|number|chapter|boeing|version|series|route|step|age)\s*$", text[max(0, match.start() - 11) : match.start()]):
        return False
    return bool(_BARE_NEXT.match(text, match.end()))


coat("headcount", find)
