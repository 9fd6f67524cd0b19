"""Makes claims: turns offsets in the document (title, blank line, text) into offsets in the title or the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict, Unpack

from extract.marks import Mark
from extract.records import Article, Claim, ClaimKind, Field
from extract.sentences import Sentence


class Values(TypedDict, total=False):
    """What a claim says, by its kind (see Claim)."""

    value: str | None
    low: float | None
    high: float | None
    relation: str | None
    unit: str | None
    polarity: str | None
    modality: str | None
    speaker: str | None
    speaker_role: str | None
    speaker_name: str | None
    current: bool | None
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes the claims of one round: the `number`-th of its article, of `company` as the text has its name."""

    article: Article
    number: int
    company: str

    def claim(
        self, kind: ClaimKind, sentence: Sentence, place: Mark | Sentence, rule: str, **values: Unpack[Values]
    ) -> Claim:
        """The claim whose quote stands at `place` in `sentence`."""
        name: Field = "title" if sentence.start < len(self.article.title) else "text"
        shift = 0 if name == "title" else len(self.article.title) + 2
        start, end = place.start - shift, place.end - shift
        return Claim(
            kind=kind,
            round=self.number,
            company=self.company,
            field=name,
            start=start,
            end=end,
            quote=self.article[name][start:end],
            sentence_start=sentence.start - shift,
            sentence_end=sentence.end - shift,
            rule=rule,
            **values,
        )
