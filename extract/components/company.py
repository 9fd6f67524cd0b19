"""Marks names that may be employers: those of data/companies.csv, and capitalised names that no list knows.

A name is only a candidate here; that it cuts jobs is decided by its place in the sentence (extract.binding).
References ("the company", "the chip giant", "it") are marked as kind "reference".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

import spacy
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from extract import vocabulary, words
from extract.companies import Company, companies, company, company_keeps_s, fold, tidy
from extract.marks import Mark, leave, text_of
from extract.numbers import number


@dataclass(frozen=True, slots=True)
class Name:
    """A candidate: the name to print, whether a list knows it, and how sure the form alone makes us.

    form: "listed", "legal" (with Inc., Ltd …), "described" ("crypto firm Genesis"), "open" (a bare capitalised name),
    "item" (it heads an item of a list, see extract.items).
    """

    name: str
    form: str


_TOKEN = r"(?:(?:Inc|Corp|Co|Ltd|St|Bros|[A-Z])\.(?!\w)|[A-Z][\w’'&+-]*(?:\.\w+)*|\d+[A-Z][A-Za-z]+|\d+and[A-Z]\w*|[a-z]{1,3}[A-Z]\w+|[A-Z]&[A-Z])"
_CHUNK = re.compile(
    rf"(?<![\w@#/.-]){_TOKEN}(?:(?:\s(?:&|of|de|von|the)(?=\s[A-Z])|,(?=\s(?:Inc|Ltd|LLC|Gray)\b))?[ \u00a0]{_TOKEN})*"
)
_OF_HEADS = {"university", "bank", "college", "department", "bureau", "institute", "house", "church", "ministry", "school", "board", "museum", "theatre"}
_LEGAL_END = re.compile(r"(?:,?\s+(?:Inc|Incorporated|Corp|Corporation|Co|Ltd|Limited|LLC|LLP|PLC|plc|AG|SE|NV|GmbH|AB|ASA|SpA|Pty|Pvt)\b\.?)+$")
#: Words that make a longer name of a listed one's ("Rolls-Royce Motor Cars") or of two open words.
ORGANISATION = re.compile(
    r"\b(?:Systems?|Technolog(?:y|ies)|Group|Holdings?|Software|Entertainment|Games?|Studios?|Motors?|Cars|Airlines|Airways|Bank|Media"
    r"|Pharmaceuticals?|Pharma|Therapeutics|Biosciences|Biotech|Labs?|Laboratories|Networks?|Energy|Power|Health|Healthcare|Foods|Brands"
    r"|Financial|Capital|Insurance|Partners|Consulting|Solutions|Services|Industries|International|Electronics|Semiconductors?|Devices"
    r"|Robotics|Analytics|Interactive|Digital|Online|Stores|Hotels|Resorts|Logistics|Press|News|Times|Post|Club|University|College"
    r"|Foundation|Association|Authority|Council|Agency|Hospital|Casino|Steel|Oil|Gas|Mining|Telecom|Communications|Wireless|Mobile|Data|AI)\b"
)
_REFERENCE = re.compile(
    r"(?i)\b(?P<noun>(?:the|this)[ ](?:(?!(?:of|and|to|in|for|that|which|said|says|the|is|was|are|were|has|had|a|an|by|on|at)\b)[\w&-]+(?:\.\w+)*(?:[’']s)?[ ]){0,4}?__DESCRIPTOR__)\b(?![’']?s?\s+(?:of|in)\s+[A-Z])(?!-)"
    r"|(?P<pronoun>\b(?:it|we)\b(?![’']s\s+(?:a|the|not|unclear|likely)\b))"
)


@cache
def _reference() -> re.Pattern[str]:
    return re.compile(_REFERENCE.pattern.replace("__DESCRIPTOR__", words.descriptors()))


@cache
def _described() -> re.Pattern[str]:
    """Descriptor directly before a name: "crypto exchange Coinbase", "the social network Twitter"."""
    return re.compile(rf"(?i)(?:\b{words.descriptors()}|(?<=\w)-maker|\bfirm’s|\bparent)\s+$")


@cache
def _appositive() -> re.Pattern[str]:
    """Apposition behind a name: ", the Berlin-based delivery startup", ", a maker of …", " (NYSE: M)"."""
    return re.compile(
        rf"(?i),?\s*(?:,|—|–|\()\s*(?:(?:the|a|an|which|whose|one of|based|owned|maker|once)\b|(?:NYSE|NASDAQ|LSE|ASX|LON)\b)(?:[^.;\n]{{0,90}}?)"
        rf"\b(?:{words.descriptors()}|based)\b|\s*\((?:NYSE|NASDAQ|LSE|ASX|LON)"
    )


@cache
def places() -> frozenset[str]:
    """Names of places and peoples, lower case."""
    return frozenset(row["name"].lower() for row in vocabulary.table("places.csv"))


@cache
def voices() -> frozenset[str]:
    """Folded names of publishers, analyst houses, unions and investors: voices before they are employers."""
    lists = ("publishers.txt", "observers.txt", "investors.txt")
    return frozenset(fold(name) for entry in lists for name in vocabulary.lines(entry))


@cache
def _not_names() -> frozenset[str]:
    stop = {w for w in spacy.blank("en").Defaults.stop_words if w != "re" and number(w) is None}
    return frozenset(w.lower() for w in vocabulary.lines("not_names.txt")) | stop | frozenset(_months())


def named(written: str) -> bool:
    """May the words be a name at all: not function words, months or headings alone?"""
    return any(part.lower().strip(".,") not in _not_names() for part in written.split())


def _months() -> tuple[str, ...]:
    days = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    months = "january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec"
    return (*days, *months.split())


@cache
def given_names() -> frozenset[str]:
    """Common given names, lower case."""
    return frozenset(n.lower() for n in vocabulary.lines("given_names.txt"))


@cache
def _titles() -> re.Pattern[str]:
    return re.compile(rf"(?i)\b{words.alternation(vocabulary.lines('titles.txt'))}\.?\s+$")


class CompanyFinder:
    """The component. Built once for each pipeline, since its phrase table belongs to the pipeline's vocabulary."""

    def __init__(self, nlp: Language) -> None:
        self.matcher = PhraseMatcher(nlp.vocab, attr="ORTH")
        self.names: dict[str, str] = {}
        for entry in companies().values():
            for written in (entry.name, *entry.aliases):
                for variant in _variants(written):
                    self.names.setdefault(variant, entry.name)
        self.matcher.add("company", [nlp.make_doc(variant) for variant in self.names])

    def __call__(self, doc: Doc) -> Doc:
        found = _short_forms(text_of(doc), list(candidates(doc, self._listed(doc))))
        leave(doc, "reference", _references(text_of(doc)))
        return leave(doc, "company", found)

    def _listed(self, doc: Doc) -> list[tuple[int, int, str]]:
        text = text_of(doc)
        spans = [(doc[s:e].start_char, doc[s:e].end_char) for _, s, e in self.matcher(doc)]
        spans.sort(key=lambda b: (b[0], -b[1]))
        kept: list[tuple[int, int, str]] = []
        for start, end in spans:
            if not kept or start >= kept[-1][1]:
                kept.append((start, end, self.names[text[start:end]]))
        return kept


def _short_forms(text: str, found: list[Mark]) -> list[Mark]:
    """A later "Pelican" means the "Pelican Bank" of the same text: short forms take the longer open name."""
    longer: dict[str, Name] = {}
    for mark in found:
        parts = mark.value.name.split()
        if mark.value.form != "listed" and len(parts) >= 2:
            for count in range(1, len(parts)):
                longer.setdefault(" ".join(parts[:count]), mark.value)
    out = []
    for mark in found:
        written = tidy(text[mark.start : mark.end])
        alias = mark.value.form != "listed" or ordinary(written) or written != mark.value.name
        out.append(replace(mark, value=longer[written], rule="company.short") if written in longer and alias else mark)
    return out


def _variants(written: str) -> set[str]:
    forms = {written}
    if len(written) >= 5 and written.replace(" ", "").isalpha():
        forms.add(written.upper())
    if re.fullmatch(r"[A-Z][a-z]+[A-Z][a-z]+", written):
        forms.add(written.capitalize())
    return forms | {f.replace("'", "’") for f in forms}


def candidates(doc: Doc, listed: list[tuple[int, int, str]]) -> Iterator[Mark]:
    """Listed names that context allows, and open names that are no person, place, month or ordinary word."""
    text = text_of(doc)
    people = _surnames(text)
    taken: list[tuple[int, int]] = []
    firm = _firm_names(text, listed)
    for start, end, name in listed:
        whole = _chunk_around(text, start, end)
        longer = text[whole[0] : whole[1]]
        if _is_part_of_other(text, (start, end), whole, people) or _weak_form(text, start, end):
            continue
        entry = companies()[name]
        if _ambiguous(text[start:end], entry):
            if name not in firm:
                continue
            if whole[1] > end and not _title_case(_line(text, start)) and not _LEGAL_REST.match(text[end : whole[1]]):
                continue  # "Continental Lacrosse League": a longer name of its own
        rest = text[end : whole[1]]
        if rest.strip() and ORGANISATION.fullmatch(rest.strip(" .")) is None and ORGANISATION.search(rest) and not company(longer):
            tail = re.match(rf"(?:\s{_TOKEN})+", rest)
            if tail and all(ORGANISATION.fullmatch(w) for w in tail[0].split()) and len(tail[0].split()) > 1:
                taken.append((start, end + tail.end()))
                yield Mark("company", start, end + tail.end(), Name(tidy(text[start : end + tail.end()]), "open"), "company.longer")
                continue
        taken.append((start, end))
        yield Mark("company", start, end, Name(name, "listed"), "company.listed")
    yield from _open(text, taken, people)


_LEGAL_REST = re.compile(r"\s+(?:Inc|Corp|Corporation|Co|Company|Ltd|Limited|LLC|PLC|plc|Group|Holdings|CEO|Chief|President|Chairman)\b")


def _ambiguous(written: str, entry: Company) -> bool:
    return ordinary(written) or entry.context and written == entry.name and " " not in written


def _weak_form(text: str, start: int, end: int) -> bool:
    """Is the listed name here a function word, or an ordinary word inside a longer capitalised name ("Star Casino")?"""
    low = text[start:end].lower()
    if low in _not_names():
        return not re.match(r",? (?:Inc|Corp|Ltd|LLC|plc)\b", text[end : end + 6])
    if low not in common_words():
        return False
    before = re.search(r"([A-Z][\w’'&-]*)[ ]$", text[max(0, start - 30) : start])
    if before and re.fullmatch(words.descriptors(), before[1], re.IGNORECASE):
        return False
    return bool(before) and not _title_case(_line(text, start)) and before[1].lower() not in _not_names() and not before[1].endswith(("’s", "'s"))  # type: ignore[index]


def _firm_names(text: str, listed: list[tuple[int, int, str]]) -> set[str]:
    """Listed names that are ordinary words too, for which this text gives reason enough to be the company."""
    counts: dict[str, int] = {}
    for start, end, name in listed:
        if not _ambiguous(text[start:end], companies()[name]):
            continue
        counts[name] = counts.get(name, 0) + _context_weight(text, start, end, name)
    return {name for name, weight in counts.items() if weight > 0}


def _context_weight(text: str, start: int, end: int, name: str) -> int:
    """Positive where the place of an ordinary word shows it to be a company's name, negative where it does not."""
    before, after = text[max(0, start - 40) : start], text[end : end + 40]
    heading = _title_case(_line(text, start))
    if re.match(r"(?:,? (?:Inc|Corp|Ltd|LLC|plc|PLC|Co)\b|['’]s? (?:CEO|chief|layoffs?|job|workforce|staff|co-founder|founder|decision|new|recent)| (?:CEO|Inc|layoffs?|employees|workers|staff|cuts? |lays? off|laid off|(?:to |will |is |may |could |plans to |set to )?(?:lay|cut|axe|shed|slash|trim|eliminat|reduc|furlough|fir|dismiss|shutter|offer)\w*|said|says|announced|plans|has|had)\b| \((?:NYSE|NASDAQ))", after):
        return 3
    if re.search(r"(?:\b(?:at|by|from|rival|rivals|firm|company|giant|startup|retailer|bank|platform|Inc|owner|parent|maker|app|fintech|exchange|carmaker|operator|including|like|as|of|with|and|,)\s+)$", before) and not heading:
        return 2
    starts = not before.strip() or bool(re.search(r"[.!?:\n•*-]\s*[\"“‘]?$", before))
    if starts or heading:
        return 0
    return 1


@cache
def ordinary(written: str) -> bool:
    """Is the name as written an ordinary word, a given name or a place too, so that a capital alone proves nothing?"""
    low = written.lower()
    return len(written) <= 2 and not written.isupper() or low in common_words() or low in given_names() or low in places() or written == "X" or low in _months()


@cache
def common_words() -> frozenset[str]:
    """Ordinary words of news English, lower case."""
    return frozenset(vocabulary.lines("common_words.txt"))


def _title_case(line: str) -> bool:
    tokens = [t for t in re.findall(r"[A-Za-z][\w’'-]*", line) if len(t) > 3]
    return len(tokens) >= 3 and sum(t[0].isupper() for t in tokens) >= 0.7 * len(tokens)


def _chunk_around(text: str, start: int, end: int) -> tuple[int, int]:
    left, right = start, end
    while match := re.search(rf"({_TOKEN})[ \u00a0]$", text[max(0, left - 40) : left]):
        left -= len(match[0])
    while match := re.compile(rf"[ \u00a0]{_TOKEN}").match(text, right):
        right = match.end()
    return left, right


def _is_part_of_other(text: str, span: tuple[int, int], whole: tuple[int, int], people: set[str]) -> bool:
    """Is the listed name only a part of a person's name, of a product's or of a compound word?"""
    start, end = span
    if text[start:end].lower() in _months() or text[start:end] in people:
        return True
    if re.match(r"-(?!owned|backed|led)\w", text[end : end + 8]):
        return True
    if start and text[start - 1] in "-@#/.":
        return True
    words_before = text[whole[0] : start].split()
    if words_before and words_before[-1].lower().strip(".") in given_names() and not _title_case(text[whole[0] : whole[1] + 40]):
        return True
    return bool(re.match(r"\.(?:com|co|org|net|io|fyi)\b", text[end : end + 5]) and not text[start:end].endswith("com"))


def _open(text: str, taken: list[tuple[int, int]], people: set[str]) -> Iterator[Mark]:
    for match in _CHUNK.finditer(text):
        for start, end in _pieces(text, match.start(), match.end(), taken):
            mark = _candidate(text, start, end, people)
            if mark:
                yield mark


def _pieces(text: str, start: int, end: int, taken: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The parts of a capitalised run that no listed name holds, cut at words that are never a name."""
    if any(a < end and start < b for a, b in taken):
        return
    line = _line(text, start)
    heading = _title_case(line)
    if heading and not _heads(text, start):
        return
    run: tuple[int, int] | None = None
    for token in re.finditer(r"\S+", text[start:end]):
        a, b = start + token.start(), start + token.end()
        if _never(text, token[0], a, run, heading):
            if run:
                yield run
            run = None
            continue
        run = (run[0] if run else a, b)
        if re.search(r"[’']s$", token[0]) and not company_keeps_s(text[run[0] : run[1]]):
            yield (run[0], b - 2)
            run = None
    if run:
        yield run


def _line(text: str, at: int) -> str:
    """The line around an offset, at most 400 characters to either side."""
    low, high = max(0, at - 400), min(len(text), at + 400)
    start, end = text.rfind("\n", low, at) + 1, text.find("\n", at, high)
    return text[max(start, low) : end if end >= 0 else high]


def _heads(text: str, at: int) -> bool:
    """In a headline an unknown name counts only where it begins a clause, or behind "at", "by" or a possessive."""
    before = text[max(text.rfind("\n", max(0, at - 400), at) + 1, at - 400, 0) : at]
    return not re.search(r"\w", before) or bool(re.search(r"(?:[:|–—,;]|\b(?:[Aa]t|[Bb]y|[Ff]rom|[Aa]s|[Aa]fter|[Ff]irm|[Ss]tartup|[Gg]iant|[Cc]ompany|[Mm]aker)|[’']s)\s*[\"“‘]?$", before))


def _never(text: str, token: str, at: int, run: tuple[int, int] | None, heading: bool) -> bool:
    """Is this capitalised word none of a name's: a function word, or an ordinary word that only the place capitalises?"""
    bare = re.sub(r"[’']s$", "", token).strip(".,").lower()
    if run is None and number(bare) is not None and not re.match(r"\S+[ ][A-Z]", text[at : at + 40]):
        return True
    if token == "&":
        return run is None
    if token in ("of", "de", "von", "the"):
        return run is None or text[run[0] : run[1]].split()[-1].lower() not in _OF_HEADS
    if bare in _not_names() or re.search(r"-(?:based|headquartered|owned|backed|listed|led|founded|born|style)$", bare):
        return True
    if bare not in common_words() and not all(p in common_words() or p in _not_names() for p in bare.split("-")):
        return False
    if heading:
        return True
    first = run is None and bool(re.search(r"(?:^|[.!?:\n•*–—-]\s*|^\s*)[\"“‘(\[]*$", text[max(0, at - 6) : at]))
    following = re.match(r"\S+[ ]([A-Z][\w’'-]*)", text[at : at + 60])
    return first and (following is None or bool(re.fullmatch(words.descriptors(), bare, re.IGNORECASE)) or following[1].lower() not in common_words())


#: Bodies that speak or decide but do not cut; words with a hyphen that only describe; version and grade names.
_NO_EMPLOYER = re.compile(r"(?:Commission|Court|Act|Ministry|Parliament|Congress|Committee|Federation|Union|Unions|Guild|Workers|Party|Senate|Index|Survey|Report|Award|Prize|League|Cup|Fund)$|^(?:AI|Covid|COVID|Non|Pre|Post|Mid|Ex|Anti)-|^[A-Z]\d$|-(?:driven|based|powered|first|led|style|wide|related|long|old|level)$")


def _candidate(text: str, start: int, end: int, people: set[str]) -> Mark | None:
    written = text[start:end].rstrip(".,’'")
    if written.endswith(("Inc", "Corp", "Co", "Ltd")) and text[end - 1 : end] == ".":
        written = text[start:end]
    end = start + len(written)
    bare = tidy(written)
    tokens = bare.split()
    half = len(tokens) // 2
    if half and tokens[:half] == tokens[half:]:  # a caption's last word and the sentence's first: "Image: Plex Plex laid off"
        start, bare, tokens = start + len(written) - len(" ".join(tokens[half:])), " ".join(tokens[half:]), tokens[half:]
        written = bare
    if _NO_EMPLOYER.search(bare):
        return None
    if not tokens or len(bare) < 2 or fold(bare) in ("", "the") or len(tokens) > 6:
        return None
    if any(t.lower() in places() for t in (bare, re.sub(r"[.-]\w+$", "", bare))) or all(t.lower().strip(".,") in places() for t in tokens):
        return None
    legal = bool(_LEGAL_END.search(written)) or bool(re.match(r",?\s(?:Inc|Corp|Ltd|LLC|plc|PLC)\b", text[end : end + 6]))
    if not legal and _is_person(text, start, tokens, people):
        return None
    before = text[max(0, start - 40) : start]
    described = bool(_described().search(before) and not (len(tokens) == 2 and _PERSONAL.search(before)) or _appositive().match(text, end))
    known = company(bare)
    form = "legal" if legal else "described" if described else "open"
    if known and (form != "open" or not ordinary(bare)):
        return Mark("company", start, end, Name(known.name, "listed"), "company.listed")
    if known:
        return None
    return Mark("company", start, end, Name(bare, form), f"company.{form}")


def _is_person(text: str, start: int, tokens: list[str], people: set[str]) -> bool:
    first = tokens[0].lower().strip(".")
    if len(tokens) >= 2 and (first in given_names() or re.fullmatch(r"[a-z]", first)) and not ORGANISATION.search(tokens[-1]):
        return True
    if tokens[-1] in people and len(tokens) <= 3 and not ORGANISATION.search(tokens[-1]):
        return True
    if len(tokens) == 1 and first in given_names():
        return True
    return bool(_titles().search(text[max(0, start - 36) : start])) and not ORGANISATION.search(" ".join(tokens))


#: Descriptors that people bear as well as employers.
_PERSONAL = re.compile(r"(?i)\b(?:developer|owner|producer|publisher|broker|specialist|pioneer|rival|head|operator|contractor|miner)\s+$")
_PERSON = re.compile(r"(?<![\w-])([A-Z][a-zé'’-]+)\s+(?:[A-Z]\.\s+)?((?:de |von |van )?[A-Z][\w’'-]+)")


def _surnames(text: str) -> set[str]:
    """Last names of the people that the text names in full, so that a later bare "Dorsey" is no company."""
    found = {m[2] for m in _PERSON.finditer(text) if m[1].lower() in given_names()}
    titled = re.finditer(rf"\b{words.alternation(vocabulary.lines('titles.txt'))}\.?\s+((?:[A-Z][\w’'.-]+\s+){{0,3}}[A-Z][\w’'-]+)", text)
    for match in titled:
        parts = match[1].split()
        if len(parts) >= 2 and not company(match[1]):
            found.add(re.sub(r"[’']s$", "", parts[-1]))
    return {n for n in found if not company(n)}


def _references(text: str) -> Iterator[Mark]:
    for match in _reference().finditer(text):
        kind = "noun" if match["noun"] else "pronoun"
        yield Mark("reference", match.start(), match.end(), match[0].lower(), f"reference.{kind}")


@Language.factory("company")
def make(nlp: Language, name: str) -> CompanyFinder:
    """The factory that `nlp.add_pipe("company")` calls."""
    return CompanyFinder(nlp)
