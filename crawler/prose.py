"""How much there is to read on a page, measured in its bytes, so cheaply that every page can be measured."""

from __future__ import annotations

import hashlib
import re

TAG = re.compile(rb"<[^<>]*>")
OPENING, CLOSING = re.compile(rb"<p(?:>|\s[^<>]*>)", re.IGNORECASE), re.compile(rb"</p", re.IGNORECASE)
#: A paragraph is looked into this far: a page that never closes one must not cost more than a page.
LONGEST = 20_000


def prose(body: bytes) -> bytes:
    """The paragraphs (`<p>`) of an HTML page, without tags.

    >>> prose(b"<nav>Home</nav><p class='a'>Acme cuts <b>90</b> jobs.</p><script>1</script><P>More.</P>")
    b'Acme cuts 90 jobs.\\nMore.'
    """
    parts, at = [], 0
    while opening := OPENING.search(body, at):
        begin = opening.end()
        closing = CLOSING.search(body, begin, begin + LONGEST)
        at = closing.start() if closing else min(len(body), begin + LONGEST)
        parts.append(TAG.sub(b"", body[begin:at]).strip())
    return b"\n".join(part for part in parts if part)


def mark(text: bytes) -> str:
    """A short name for a text, the same for the same text."""
    return hashlib.blake2b(text, digest_size=8).hexdigest()
