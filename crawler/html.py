"""The door to Jinja2: pages that hold text of strangers, run no script but ours, and load nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

TEMPLATES = Path(__file__).resolve().parent / "templates"


def page(template: str, style: str, **values: Any) -> str:
    """The page that a template makes with its style sheet inside; both are files of `crawler/templates/`.

    Everything put into it is escaped, and what would steer the browser's text direction is made visible.
    """
    css = (TEMPLATES / style).read_text(encoding="utf-8")
    return _environment().get_template(template).render(style=Markup(css), policy=policy(css), **values)


def policy(css: str) -> str:
    """The Content-Security-Policy of a page: this style sheet, and nothing else at all."""
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


#: Of the pages of a site: its own style sheets, scripts and pictures, and nothing else. For pages opened from disk some
#: browsers want the scheme beside 'self'; on the web it allows nothing, since no page there may load a file.
SITE_POLICY = (
    "default-src 'none'; style-src 'self' file:; script-src 'self' file:; img-src 'self' file:; base-uri 'none'; "
    "form-action 'none'"
)


@dataclass(frozen=True, eq=False)
class Site:
    """The pages of a site, which have their style sheets and scripts in files beside them; escaped as by `page`."""

    filters: Mapping[str, Callable[..., Any]]
    names: Mapping[str, Any]  # what all its templates know

    @cached_property
    def _templates(self) -> Environment:
        made = _environment().overlay()
        made.filters = {**made.filters, **self.filters}
        made.globals = {**made.globals, **self.names, "policy": SITE_POLICY}
        return made

    def page(self, template: str, **values: Any) -> str:
        """The page that a file of `crawler/templates/` makes."""
        return self._templates.get_template(template).render(**values)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, finalize=visible,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True, auto_reload=False,
    )  # fmt: skip
    made.filters |= {"web": web, "thousands": thousands}
    return made


def visible(value: Any) -> Any:
    """Text with control, direction and unpaired characters written out; anything else as it is.

    >>> visible("a\\u202eb\\x00")
    'a[U+202E]b[U+0000]'
    """
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return _HIDDEN.sub(lambda match: f"[U+{ord(match[0]):04X}]", value)


#: Controls, marks and overrides of direction, separators and halves of characters, tags that nobody sees.
_HIDDEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    r"\ud800-\udfff\U000e0000-\U000e007f]"
)


def web(address: str | None) -> str:
    """The address where it may be a link (http or https, a host, no name or password in it), else empty.

    >>> web("https://a.example/x"), web("javascript:alert(1)"), web(None), web("https://u:p@a.example/")
    ('https://a.example/x', '', '', '')
    """
    try:
        parts = urlsplit(address or "")
    except ValueError:
        return ""
    plain = re.match(r"(?i)https?://", address or "") and parts.hostname and "@" not in parts.netloc
    return address if address and plain else ""


def thousands(number: float | None) -> str:
    """A number for people, e.g. 1,200 or 7.5; empty for None."""
    return "" if number is None else f"{number:,.10g}"
