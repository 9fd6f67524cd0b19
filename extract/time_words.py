"""Expressions of time as news writes them: "Jan. 8, 2024", "last month", "the fourth quarter", "late last year"."""

from __future__ import annotations

import re

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|JANUARY|FEBRUARY|MARCH|APRIL|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
YEAR = r"(?:19|20)\d\d"
_NTH = r"\d{1,2}(?:st|nd|rd|th)?"
_COUNT = r"an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|\d{1,2}"
_BEFORE_YEAR = (
    r"(?:in|since|of|during|late|early|mid-?|by|until|through|for|throughout|(?:end|start|beginning|middle)\s+of"
    r"|spring|summer|autumn|fall|winter)"
)
_WEEK = (
    r"(?:last|this|past|the past|earlier this|earlier in the|later this|late last|early last|earlier last"
    r"|the previous|next)\s+(?:week|weekend)\b(?!\s+of\b)|over the weekend"
    r"|in (?:the )?(?:recent|past few|last few) (?:weeks|days)"
    r"|recent days|these days|(?:a few|few|several|a couple of|some) (?:weeks|days) (?:ago|earlier)|(?:weeks|days) ago"
    r"|(?:past|last) two weeks"
)
_MONTH_AWAY = (
    r"(?:(?:at |towards )?the (?:end|start|beginning|middle) of )?last month"
    r"|(?:this|earlier this|earlier in the|earlier last|late last|early last|later this|that|next"
    r"|the previous)\s+month"
    r"|(?:several|a few|a couple of)\s+months\s+(?:ago|earlier)"
    r"|(?:(?:just|shortly|days|weeks|right) before|in the run-up to|over|at) Christmas"
)
_SEASON = (
    r"(?:last|this|earlier this|late last|early this|the previous|past|prior|next|so far this)"
    r"\s+(?:year|summer|spring|autumn|fall|winter)|at the (?:start|beginning) of the year|the year before"
    r"|(?:over|during|in) (?:the )?(?:summer|spring|autumn|winter|(?<=the )fall)\b"
    r"(?!,?\s+(?:of|to|from|in|\d)\b|-|\s+\d)"
    r"|since (?:the (?:start|beginning) of the year|New Year)"
)
_FIRST_WEEKS = (
    r"(?:first|opening|early)\s+(?:(?:two|three|few|couple of|\d)\s+)?(?:days|week|weeks|month)"
    rf"\s+of\s+(?P<open_year>{YEAR}|(?:the|this)\s+(?:new\s+)?year)"
)
#: Kind -> how it is written, the first that fits counts. Month and day names need their capital, other words do not.
_FORMS = {
    "dmy": rf"{_NTH}\s+(?:of\s+)?{MONTH},?\s+{YEAR}\b",
    "mdy": rf"{MONTH}\s+{_NTH},?\s+{YEAR}\b",
    "iso": rf"{YEAR}-\d\d-\d\d\b",
    "my": rf"(?i:(?:early|late|mid)[ -]|in |of |since |last )?{MONTH},?\s+(?:of\s+)?(?P<my_year>{YEAR})\b",
    "dm": rf"{_NTH}\s+(?:of\s+)?{MONTH}(?!\w)",
    "md": rf"{MONTH}\s+{_NTH}\b(?!,?\s*\d{{3}})",
    "nth": (
        r"(?i:on\s+the)\s+(?P<nth_day>[1-3]?\d)(?:st|nd|rd|th)\b"
        r"(?!\s+(?:of|floor|anniversary|century|day|fairway|green|hole)\b)"
    ),
    "quarter": (
        rf"(?:(?i:the\s+)?(?P<q>(?i:first|second|third|fourth|final|last|this|previous))\s+quarter\b"
        rf"(?:,?\s+(?:of\s+|in\s+)?(?P<q_year>{YEAR}|last year|this year))?"
        rf"|Q(?P<qn>[1-4])\b(?:\s+(?:of\s+)?(?P<qn_year>{YEAR})\b)?)"
    ),
    "month_ago": rf"(?i:last|this|the same|that)\s+(?P<named>{MONTH})(?!\w)",
    "month_rel": (rf"(?i:in |since |back in |during |of )?(?P<mname>{MONTH})\s+(?:of\s+)?(?P<mrel>last|this)\s+year\b"),
    "month": (
        r"(?i:in|since|last|from|back in|during|early|late|mid-?|of|until|by)\s+(?:early\s+|late\s+|mid-?\s?)?"
        rf"(?P<only>{MONTH})(?!\w)(?!\s+\d)"
    ),
    "month_was": (
        rf"(?P<was>{MONTH})\s+(?:(?:has|had)\s+been|was|saw|proved|(?:began|started|opened|ended|closed)\s+with|brought)\b"
    ),
    "month_of": (
        rf"(?P<whose>{MONTH})(?:[’']s)?\s+"
        r"(?i:layoffs?|lay-offs|job cuts|cuts|redundancies|round|reduction|purge|cull|wave)\b"
    ),
    "year_of": (
        rf"(?i:an?|its|their|that)\s+(?P<whose_y>{YEAR})\s+"
        r"(?i:layoffs?|job cuts|round|purge|cull|wave|restructuring|redundancies)\b"
    ),
    "opening": rf"(?i:{_FIRST_WEEKS})\b",
    "weekday": (
        rf"(?:(?P<wd_rel>(?i:last|this|next|late|early))\s+)?(?P<wd>{'|'.join(map(str.title, DAYS))})\b"
        r"(?:\s+(?:of\s+)?(?P<wd_week>last|this)\s+week\b)?"
    ),
    "ago": (
        rf"(?i:(?P<ago_n>{_COUNT})\s+(?P<ago_unit>day|week|month|year|decade)s?\s+(?:ago|earlier)(?P<ago_day>\s+today)?)\b"
    ),
    "rel": r"(?i:yesterday|today|tonight|this morning|this afternoon|earlier today|last night|tomorrow)\b",
    "week": rf"(?i:{_WEEK})\b",
    "mon": rf"(?i:{_MONTH_AWAY})\b",
    "year": (
        rf"(?i:{_BEFORE_YEAR}\s+)(?:late\s+|early\s+|mid-?)?(?P<y>{YEAR})\b"
        r"(?!\s*(?:jobs|employees|workers|people|roles|positions|staff))"
    ),
    "yr": rf"(?i:{_SEASON})\b",
}
DATE = re.compile(r"\b(?:" + "|".join(f"(?P<{kind}>{form})" for kind, form in _FORMS.items()) + ")")


def kind(match: re.Match[str]) -> str:
    """The kind of a match of DATE.

    >>> [kind(DATE.match(words)) for words in ("Jan. 8, 2024", "last month", "in November", "Q3 2023")]
    ['mdy', 'mon', 'month', 'quarter']
    """
    return next(name for name in _FORMS if match[name])
