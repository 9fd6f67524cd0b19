"""Makes claims: turns offsets in the document (title, blank line, text) into offsets in the title or the text."""

from __future__ import annotations

from dataclasses import dataclass

from extract.marks import Mark
from extract.records import Article, Claim, ClaimKind, Field
from extract.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes the claims of one round: the `number`-th of its article, of `company` as the text has its name."""

    article: Article
    number: int
    company: str

    def claim(
        self,
        kind: ClaimKind,
        sentence: Sentence,
        place: Mark | Sentence,
        rule: str,
        *,
        value: str | None = None,
        low: float | None = None,
        high: float | None = None,
        relation: str | None = None,
        unit: str | None = None,
        polarity: str | None = None,
        modality: str | None = None,
        speaker: str | None = None,
        current: bool | None = None,
        confidence: float | None = None,
    ) -> Claim:
        """The claim whose quote stands at `place` in `sentence`."""
        name: Field = "title" if sentence.start < len(self.article.title) else "text"
        shift = 0 if name == "title" else len(self.article.title) + 2
        return Claim(
            kind=kind,
            round=self.number,
            company=self.company,
            field=name,
            start=place.start - shift,
            end=place.end - shift,
            quote=self.article[name][place.start - shift : place.end - shift],
            sentence_start=sentence.start - shift,
            sentence_end=sentence.end - shift,
            rule=rule,
            value=value,
            low=low,
            high=high,
            relation=relation,
            unit=unit,
            polarity=polarity,
            modality=modality,
            speaker=speaker,
            current=current,
            confidence=confidence,
        )
