"""How the site says things: figures, dates, labels, names of files. Numbers and dates stay readable by machines."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup, escape

from extract.days import precision
from extract.records import Event

NAME = 120  # characters of an employer's name that are shown
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
ACTIONS = {
    "layoff": "Layoffs", "buyout": "Voluntary buyouts", "closure": "Closure", "hiring_freeze": "Hiring freeze",
    "attrition": "Attrition", "contract_end": "Contracts ended", "furlough": "Furlough", "other": "Other",
}  # fmt: skip
STATUSES = {
    "announced": "Announced", "reported": "Reported", "planned": "Planned", "considered": "Considered",
    "completed": "Completed", "denied": "Denied", "cancelled": "Cancelled",
}  # fmt: skip
AI = {
    "company": "Employer says so", "third_party": "Others say so", "denied": "Employer denies it", "none": "Not named",
}  # fmt: skip
AI_MARKS = {"company": "AI, says the employer", "third_party": "AI, say others", "denied": "AI denied"}
MECHANISMS = {
    "replacement": "AI does the work", "reallocation": "money moves to AI", "anticipated": "AI is expected to do it",
    "demand_loss": "AI took the customers", "selection_tool": "AI chose who goes", "unspecified": "how is not said",
}  # fmt: skip
SPEAKERS = {
    "employer": "the employer", "executive": "an executive", "filing": "a filing", "press": "the press",
    "analyst": "an analyst", "union": "a union", "employee": "an employee", "anonymous": "an unnamed source",
}  # fmt: skip
STANCES = {"asserts": "says so", "doubts": "doubts it", "denies": "denies it"}
STRENGTHS = {"explicit": "the reason", "contributing": "one reason of several", "context": "in passing"}
#: The rows of the evaluation's table, for readers who do not know the columns' names.
FIGURES = {
    "event": "a round is found", "headcount": "number of jobs", "pct": "share of staff", "date": "date",
    "action": "kind of cut", "status": "status", "ai": "whether AI is tied to it", "ai_link": "how AI is tied to it",
    "ai_quote": "the sentence on AI", "ai_F1": "rounds tied to AI", "row": "the whole row",
    "clean": "articles without a round give none",
}  # fmt: skip
INDUSTRIES = {"it-services": "IT services", "e-commerce": "e-commerce"}  # whose hyphen is not merely for a blank
KINDS = {"index": "page that lists articles"}  # of sources; the others' names are words
ROLES = {
    "chosen": "gave the value", "agrees": "says the same", "conflicts": "says otherwise",
    "superseded": "said otherwise before",
}  # fmt: skip
#: What may not be known of rounds, as the sums count it: name, words for one, words for several.
UNKNOWN = (
    ("figure", "gives no number of jobs; a share of staff is never turned into one",
     "give no number of jobs; a share of staff is never turned into one"),
    ("single", "rests on one independent report", "rest on one independent report each"),
    ("day", "has no exact day", "have no exact day"),
    ("industry", "is of an employer whose industry is not known", "are of employers whose industry is not known"),
    ("country", "is of an employer whose country is not known", "are of employers whose country is not known"),
    ("unsure", "is read with a confidence below 0.7", "are read with a confidence below 0.7"),
    ("contested", "is contested: articles differ on whether AI is the reason",
     "are contested: articles differ on whether AI is the reason"),
)  # fmt: skip
_LEFT_OUT = {"hiring_freeze": ("hiring freeze", "hiring freezes"), "attrition": ("by attrition", "by attrition")}
_HEDGES = {"about": "about ", "at_least": "at least ", "at_most": "up to "}
_VAGUE = {24: "dozens of", 200: "hundreds of", 2000: "thousands of"}


def number(value: float | None) -> Markup:
    """A number that the page's script writes in the reader's form.

    >>> print(number(1200))
    <data class="n" value="1200">1,200</data>
    """
    if value is None:
        return Markup("")
    return Markup(f'<data class="n" value="{value:.10g}">{value:,.10g}</data>')


def date(iso: str | None) -> Markup:
    """A day, month, quarter or year as people write it, which the page's script writes in the reader's form.

    >>> print(date("2026-03-02"))
    <time datetime="2026-03-02">2 March 2026</time>
    >>> print(date("2026-Q1"), date(None))
    first quarter of 2026 <span class="none">undated</span>
    """
    text = (iso or "")[:10]
    if precision(text) in ("day", "month"):
        return Markup('<time datetime="{}">{}</time>').format(text, plain_date(text))
    return escape(plain_date(text)) if text else Markup('<span class="none">undated</span>')


def plain_date(iso: str | None) -> str:
    """The same as plain text.

    >>> plain_date("2026-03"), plain_date("2026-Q4"), plain_date("2026"), plain_date(None)
    ('March 2026', 'fourth quarter of 2026', '2026', 'undated')
    """
    text = (iso or "")[:10]
    known = precision(text)
    if known == "quarter":
        return f"{('first', 'second', 'third', 'fourth')[int(text[-1]) - 1]} quarter of {text[:4]}"
    if known in ("day", "month"):
        day = f"{int(text[8:])} " if known == "day" else ""
        return f"{day}{MONTHS[int(text[5:7]) - 1]} {text[:4]}"
    return text or "undated"


def figure(low: float | None, high: float | None, relation: str | None, unit: str, form: Any = number) -> Markup:
    """A stated figure with its hedge, e.g. "at least 1,200 jobs"; empty where there is none.

    >>> figure(200, None, "vague", "jobs", str), figure(9.5, 12, "range", "%", str)
    (Markup('hundreds of jobs'), Markup('9.5 to 12 %'))
    >>> figure(None, 90, "at_most", "jobs", str), figure(None, None, None, "jobs", str)
    (Markup('up to 90 jobs'), Markup(''))
    """
    if low is None and high is None:
        return Markup("")
    unit = unit[:-1] if unit == "jobs" and low == high == 1 else unit
    if relation == "vague" and low in _VAGUE and high is None:
        return Markup("{} {}").format(_VAGUE[int(low)], unit)
    if low is not None and high is not None and low != high:
        return Markup("{} to {} {}").format(form(low), form(high), unit)
    hedge = _HEDGES.get(relation or "", "at least " if high is None else "up to " if low is None else "")
    return Markup("{}{} {}").format(hedge, form(low if low is not None else high), unit)


def people(event: Event, form: Any = number) -> Markup:
    """The jobs of a round; empty where no number is told."""
    return figure(event.headcount_min, event.headcount_max, event.headcount_relation, "jobs", form)


def share(event: Event, form: Any = number) -> Markup:
    """The share of the workforce; empty where none is told."""
    return figure(event.pct_min, event.pct_max, event.pct_relation, "% of staff", form)


def share_alone(event: Event, form: Any = number) -> Markup:
    """The share of the workforce for a column that says what it is a share of."""
    return figure(event.pct_min, event.pct_max, event.pct_relation, "%", form)


def size(event: Event, form: Any = number) -> Markup:
    """The jobs, else the share, else that neither is told."""
    return people(event, form) or share(event, form) or Markup("number not given")


def left_out(counts: Mapping[str, int], form: Any = number) -> Markup:
    """What is told but not counted, in words.

    >>> print(left_out({"denied": 1, "hiring_freeze": 1}, str), left_out({"hiring_freeze": 2}, str))
    1 denied, 1 hiring freeze 2 hiring freezes
    """
    told = (Markup("{} {}").format(form(n), _LEFT_OUT.get(word, (word, word))[n != 1]) for word, n in counts.items())
    return Markup(", ").join(told)


def named(word: str, names: Mapping[str, str]) -> str:
    """The word for people, else the word itself with its underscores as blanks.

    >>> named("press", SPEAKERS), named("a_b", {})
    ('the press', 'a b')
    """
    return names.get(word, word.replace("_", " "))


def industry(name: str | None) -> str:
    """An industry of the list of companies as people write it.

    >>> industry("consumer-goods"), industry("it-services"), industry("e-commerce"), industry(None)
    ('consumer goods', 'IT services', 'e-commerce', '')
    """
    return INDUSTRIES.get(name or "", (name or "").replace("-", " "))


def capital(text: str) -> str:
    """With a capital at its beginning, and else as it is.

    >>> capital("first quarter of 2026")
    'First quarter of 2026'
    """
    return text[:1].upper() + text[1:]


def country(code: str | None) -> Markup:
    """A country's code, which the page's script turns into its name.

    >>> country("US"), country(None)
    (Markup('<data class="c" value="US">US</data>'), Markup(''))
    """
    return Markup('<data class="c" value="{0}">{0}</data>').format(code) if code else Markup("")


def plainly(value: float) -> str:
    """A number where no markup may stand."""
    return f"{value:,.10g}"


def headline(event: Event) -> str:
    """Company and size as plain text, for titles."""
    company = event.company if len(event.company) <= NAME else event.company[:NAME] + " …"
    return f"{company}: {str(size(event, plainly)).replace('&#39;', chr(39))}"


def percent(value: float | None) -> str:
    """A share from 0 to 1 in per cent: whole, or to one decimal below ten.

    >>> percent(0.264), percent(0.045), percent(None), percent(0.0)
    ('26 %', '4.5 %', 'not known', '0 %')
    """
    if value is None:
        return "not known"
    return f"{100 * value:.1f}".removesuffix(".0") + " %" if value < 0.0995 else f"{100 * value:.0f} %"


_SLUG = re.compile("[a-z0-9]+(?:-[a-z0-9]+)*")


def slug(name: str) -> str:
    """A name as part of a file's name and of an address: small letters, digits, hyphens. Only names that differ in
    case, or in a hyphen for a blank, share one.

    >>> slug("acme-2026-03"), slug("Air travel"), slug("../x")
    ('acme-2026-03', 'air-travel', 'x-d6b96a')
    """
    if len(name) <= 80 and _SLUG.fullmatch(name):
        return name
    clean = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:80]
    if clean == name.lower().replace(" ", "-"):
        return clean
    return f"{clean or 'x'}-{hashlib.sha256(name.encode('utf-8', 'backslashreplace')).hexdigest()[:6]}"


FILTERS: dict[str, Callable[..., Any]] = {
    "number": number, "date": date, "plain_date": plain_date, "people": people, "share": share,
    "share_alone": share_alone, "size": size, "percent": percent, "headline": headline, "left_out": left_out,
    "capital": capital, "country": country, "named": named, "industry": industry,
}  # fmt: skip
WORDS = {
    "ACTIONS": ACTIONS, "STATUSES": STATUSES, "AI": AI, "AI_MARKS": AI_MARKS, "MECHANISMS": MECHANISMS,
    "SPEAKERS": SPEAKERS, "STANCES": STANCES, "ROLES": ROLES, "UNKNOWN": UNKNOWN,
    "STRENGTHS": STRENGTHS, "FIGURES": FIGURES, "KINDS": KINDS,
}  # fmt: skip
