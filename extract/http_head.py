"""The head of an HTTP response in an archive: status and the headers that matter here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

STATUS = re.compile(rb"HTTP/\S+[ \t]+(\d{3})\b")
END = re.compile(rb"\r?\n\r?\n")
#: Encodings under which a body stands as it is.
PLAIN = ("", "identity", "none")


@dataclass(frozen=True, slots=True)
class Head:
    """Status (None where the block is no response), Content-Type, and whether the body has to be unpacked."""

    status: int | None
    content_type: str | None
    packed: bool
    length: int  # bytes up to the body

    @classmethod
    def of(cls, block: bytes) -> Self:
        """The head of a response.

        >>> Head.of(b"HTTP/1.1 200 OK\\r\\nContent-Type: text/html\\r\\nContent-Encoding: br\\r\\n\\r\\n...")
        Head(status=200, content_type='text/html', packed=True, length=66)
        """
        end = END.search(block)
        lines = block[: end.start() if end else len(block)].splitlines() or [b""]
        status = STATUS.match(lines[0])
        headers: dict[bytes, str] = {}
        for line in lines[1:]:
            name, _, value = line.partition(b":")
            headers.setdefault(name.strip().lower(), value.strip().decode("latin-1"))
        codings = headers.get(b"content-encoding", ""), headers.get(b"transfer-encoding", "")
        return cls(
            status=int(status[1]) if status else None,
            content_type=headers.get(b"content-type") or None,
            packed=any(coding.lower() not in PLAIN for coding in codings),
            length=end.end() if end else len(block),
        )
