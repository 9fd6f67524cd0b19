"""The reading pipeline: spaCy's blank English with our components, in the one order in which they read each other."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
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
#: Words that the vocabulary keeps.
WORDS = 100_000


@cache
def pipeline() -> Language:
    """The pipeline, built once a process (a fraction of a second: the word lists)."""
    nlp = spacy.blank("en")
    setattr(nlp.vocab, "lex_attr_getters", {})  # noqa: B010  (shape, case and so on, which no component asks for)
    rules = getattr(nlp.tokenizer, "rules")  # noqa: B009  (its type does not know the attribute)
    kept = {word: parts for word, parts in rules.items() if not _CONTRACTED.search(word)}
    setattr(nlp.tokenizer, "rules", kept)  # noqa: B010
    for name in COMPONENTS:
        nlp.add_pipe(name)
    if _model:
        nlp.add_pipe("entities", after="cut", config={"model": _model})
    return nlp


@contextmanager
def zone() -> Iterator[None]:
    """What one article is read in; no Doc leaves it.

    The first words are entered in the vocabulary for good. When it is full, the words of an article that are not in it
    are forgotten with the article, so that memory stays bounded. Python collects no garbage meanwhile: reading leaves
    next to none, and to look for it, again and again through all that a long text has brought, makes the cost of a text
    grow faster than its length.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        with nullcontext() if len(pipeline().vocab) < WORDS else pipeline().memory_zone():
            yield
    finally:
        if collects:
            gc.enable()


#: Words that the tokenizer knows by rules which cost more than the rest of a text, and no company's name needs.
_CONTRACTED = re.compile(r"['’]")
#: Longer than any word or address; the tokenizer's cost grows with the square of such a run.
LONGEST = 200
_RUN = re.compile(rf"\S{{{LONGEST},}}")


def marked(text: str) -> Doc:
    """The text as a Doc that every component has marked. Call in `zone()`.

    The Doc holds no tokens: the components read characters, and only names ask for tokens, around a find.
    """
    nlp = pipeline()
    if max(map(len, text.split()), default=0) >= LONGEST:
        text = _RUN.sub(lambda run: " " * len(run[0]), text)
    return nlp(Doc(nlp.vocab, user_data={"text": text}))
