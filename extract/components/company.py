"""Marks names that may be employers: those of data/companies.csv, and capitalised names that no list knows.

A name is only a candidate here; that it cuts jobs is decided by its place in the sentence (extract.employer).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from extract.acronyms import acronyms
from extract.companies import companies, tidy
from extract.known import KnownNames
from extract.listed import listed
from extract.marks import Mark, leave, text_of
from extract.names import Name, ordinary
from extract.persons import surnames
from extract.things import things
from extract.unlisted import unlisted


class CompanyFinder:
    """The component. Built once for each pipeline, whose tokenizer tells the edges of names."""

    def __init__(self, nlp: Language) -> None:
        names: dict[str, str] = {}
        for entry in companies().values():
            for written in (entry.name, *entry.aliases):
                for variant in _variants(written):
                    names.setdefault(variant, entry.name)
        self.known = KnownNames(nlp.tokenizer, names)

    def __call__(self, doc: Doc) -> Doc:
        """The document with its marks of kind "company"."""
        text = text_of(doc)
        people = surnames(text)
        other = things(text)
        known = list(listed(text, self.known.find(text), people, other))
        others = unlisted(text, [(mark.start, mark.end) for mark in known], people, other)
        return leave(doc, "company", _spelled_out(text, list(_short_forms(text, [*known, *others]))))


def _variants(written: str) -> set[str]:
    """The name as news also writes it.

    >>> sorted(_variants("Intel")), sorted(_variants("PayPal")), sorted(_variants("eBay"))
    (['INTEL', 'Intel'], ['PAYPAL', 'PayPal', 'Paypal'], ['EBay', 'eBay'])
    """
    forms = {written}
    if len(written) >= 5 and written.replace(" ", "").isalpha():
        forms.add(written.upper())
    if re.fullmatch(r"[A-Z][a-z]+[A-Z][a-z]+", written):
        forms.add(written.capitalize())
    if re.fullmatch(r"[a-z]+[A-Z]\w*", written):  # at the beginning of a sentence
        forms.add(written[0].upper() + written[1:])
    return forms | {form.replace("'", "’") for form in forms}


def _short_forms(text: str, found: list[Mark]) -> Iterator[Mark]:
    """A later "Pelican" means the "Pelican Bank" of the same text: short forms take the longer open name."""
    longer: dict[str, Name] = {}
    for mark in found:
        parts = mark.value.name.split()
        if mark.value.form != "listed":
            for count in range(1, len(parts)):
                longer.setdefault(" ".join(parts[:count]), mark.value)
    for mark in found:
        written = tidy(text[mark.start : mark.end])
        is_short = mark.value.form != "listed" or ordinary(written) or written != mark.value.name
        own = longer.get(written) if is_short else None
        yield mark._replace(value=own, rule="company.short") if own else mark


def _spelled_out(text: str, found: list[Mark]) -> Iterator[Mark]:
    """The marks, without short forms in brackets that stand for no employer; others take the name spelled out."""
    short = acronyms(text, found)
    for mark in found:
        written = text[mark.start : mark.end]
        one = written if written in short else written.removesuffix("s")
        if one not in short or mark.value.form == "listed":
            yield mark
        elif own := short[one]:
            yield mark._replace(value=own, rule="company.short")


@Language.factory("company")
def make(nlp: Language, name: str) -> CompanyFinder:
    """The factory that `nlp.add_pipe("company")` calls."""
    return CompanyFinder(nlp)
