"""May a sentence state a cut, as far as its words and figures go? The reading rules that need no names and no tokens.

Those rules (extract/figures.py, extract/stating.py) are asked themselves, so that nothing that they would read is lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from extract.bounds import sentences as bounds
from extract.components import cut, headcount, share
from extract.figures import bind
from extract.marks import leave
from extract.sentences import sentences
from extract.stating import sites, states_a_cut

if TYPE_CHECKING:
    from spacy.tokens import Doc


class _Text:
    """Stands for a Doc where only its text is looked at."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.user_data: dict[str, Any] = {"text": text, "sentences": bounds(text)}


def may_state_a_cut(text: str) -> bool:
    """Does a sentence of the text state a cut, were its employer known?

    >>> may_state_a_cut("It will cut 300 jobs."), may_state_a_cut("It will cut prices. Staff cheered.")
    (True, False)
    """
    doc = cast("Doc", _Text(text))
    leave(doc, "cut", cut.find(doc))
    if not doc.user_data["marks"]["cut"]:
        return False
    leave(doc, "share", share.find(doc))
    leave(doc, "headcount", headcount.find(doc))
    found = (one for one in sentences(doc, 0) if one.of("cut"))
    return any(states_a_cut(one, bound) or sites(one, bound) for one in found for bound in bind(one))
