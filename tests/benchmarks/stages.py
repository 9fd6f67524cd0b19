"""What each stage of the back-fill costs: a page that comes to it, and spread over all pages."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from extract import article, language, skim, warc
from extract.events import claims
from extract.reasons import Rejected
from extract.records import Page


class Meter:
    """Adds up processor time by stage."""

    def __init__(self) -> None:
        self.cost, self.count = Counter[str](), Counter[str]()

    def __call__(self, stage: str, work: Callable[..., Any], *given: Any) -> Any:
        """What `work` gives."""
        begun = time.process_time()
        try:
            return work(*given)
        finally:
            self.cost[stage] += time.process_time() - begun
            self.count[stage] += 1


def stages(path: Path) -> None:
    """Processor time of each stage: a page that comes to it, and spread over all pages."""
    meter, found, pages = Meter(), warc.pages(path), 0
    while (page := meter("read, compare checksums", next, found, None)) is not None:
        if isinstance(page, Page):
            pages += 1
            with suppress(Rejected):
                journey(meter, page)
        del page  # as the back-fill does: the next one is read into the same memory
    print(f"{'stage':34}{'pages':>9}{'ms each':>9}{'ms a page of all':>18}")
    for name, count in meter.count.items():
        spent = meter.cost[name] * 1e3
        print(f"{name:<34}{count:>9,}{spent / count:>9.3f}{spent / pages:>18.3f}")


def journey(meter: Meter, page: Page) -> None:
    """One page as far as it goes."""
    if not meter("words of the page", skim.page_tells, page.body):
        return
    title, text = meter("rough text", skim.rough_text, page.body)
    lines = meter("words of the text", skim.telling, title, text)
    if not lines:
        return
    meter("language", language.check, title, text, "")
    if not meter("claims of an excerpt", skim.excerpt_tells, title, text, lines):
        return
    read = meter("article", article.read, page)
    meter("claims", claims, read)
