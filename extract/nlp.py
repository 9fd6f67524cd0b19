"""The reading pipeline: spaCy's blank English with our components, in the one order in which they read each other."""

from __future__ import annotations

import re
from contextlib import AbstractContextManager, nullcontext
from functools import cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from extract.components import (  # noqa: F401  (each registers itself)
    attribution,
    company,
    cut,
    date,
    entities,
    headcount,
    reference,
    sentence,
    share,
)
from extract.model import load
from extract.names import common_words

#: Each component reads only the marks of earlier ones.
COMPONENTS = ("sentence", "company", "reference", "cut", "share", "headcount", "date", "attribution")


def use(model: str) -> None:
    """From now on take the organisations that this installed spaCy pipeline finds for candidates too ("": none).

    Raises NoModel, and then nothing has changed.
    """
    global _model  # noqa: PLW0603 - a process reads with one pipeline
    if model != _model:
        if model:
            load(model)
        _model = model
        pipeline.cache_clear()


_model = ""
#: Words that are kept, with their tokens; spaCy's own limit is reached by half of the ordinary words.
WORDS = 100_000


@cache
def pipeline() -> Language:
    """The pipeline, built once a process (about a second: the phrase table of the known companies)."""
    nlp = spacy.blank("en")
    setattr(nlp.vocab, "lex_attr_getters", {})  # noqa: B010  (shape, case and so on, which no component asks for)
    rules = getattr(nlp.tokenizer, "rules")  # noqa: B009  (its type does not know the attribute)
    kept = {word: parts for word, parts in rules.items() if not _CONTRACTED.search(word)}
    setattr(nlp.tokenizer, "rules", kept)  # noqa: B010
    for name in COMPONENTS:
        nlp.add_pipe(name)
    if _model:
        nlp.add_pipe("entities", after="cut", config={"model": _model})
    setattr(nlp.tokenizer, "max_cache_size", WORDS)  # noqa: B010  (its type does not know the attribute)
    for word in sorted(common_words()):  # one at a time: behind a word such as "can't" the tokenizer enters no more
        nlp.make_doc(word)
        nlp.make_doc(word.capitalize())
    return nlp


def zone() -> AbstractContextManager[object]:
    """What one article is read in; no Doc leaves it.

    The first words are entered in the vocabulary for good. When it is full, the words of an article that are not in it
    are forgotten with the article, so that memory stays bounded.
    """
    return nullcontext() if len(pipeline().vocab) < WORDS else pipeline().memory_zone()


#: Words that the tokenizer knows by rules which cost more than the rest of a text, and no company's name needs.
_CONTRACTED = re.compile(r"['’]")
#: Longer than any word or address; the tokenizer's cost grows with the square of such a run.
LONGEST = 200
_RUN = re.compile(rf"\S{{{LONGEST},}}")


def marked(text: str) -> Doc:
    """The text as a Doc that every component has marked. Call in `zone()`."""
    nlp = pipeline()
    if max(map(len, text.split()), default=0) >= LONGEST:
        text = _RUN.sub(lambda run: " " * len(run[0]), text)
    doc = nlp.make_doc(text)
    doc.user_data["text"] = text
    return nlp(doc)
