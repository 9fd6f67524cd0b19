"""Pairs of articles, same round or not: how well resolving tells. `python -m extract.pairs FILE.jsonl` prints it.

A line of the file is a pair: `id`, `kind` (what is hard about it), `same`, and the articles `one` and `other` with
`url`, `published`, `title`, `text`. All articles of the file are read and resolved together, so that an event that
takes in articles of two pairs counts as wrong too.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from extract.events import claims
from extract.records import Article
from extract.resolve import rounds

Urls = frozenset[str]


@dataclass(frozen=True)
class Pair:
    """Two articles, and whether they tell of the same round."""

    pair_id: str
    kind: str
    same: bool
    one: Article
    other: Article

    @property
    def urls(self) -> Urls:
        """The addresses of both."""
        return frozenset((self.one.url, self.other.url))


@dataclass(frozen=True)
class Score:
    """Pairs of articles: rightly joined, wrongly joined, wrongly kept apart (each as told in words)."""

    joined: int
    wrong: tuple[str, ...]
    missed: tuple[str, ...]

    @property
    def precision(self) -> float:
        """Of the pairs that share an event, the share that should; 1 where none does."""
        found = self.joined + len(self.wrong)
        return self.joined / found if found else 1.0

    @property
    def recall(self) -> float:
        """Of the pairs that should share an event, the share that does; 1 where none should."""
        wanted = self.joined + len(self.missed)
        return self.joined / wanted if wanted else 1.0


def load(path: Path) -> list[Pair]:
    """The pairs of the file; raises ValueError with file and line for one that does not hold."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            found.append(Pair(row["id"], row["kind"], bool(row["same"]), _article(row["one"]), _article(row["other"])))
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"{path}:{number}: not a pair: {error!r}") from error
    return found


def _article(row: Mapping[str, Any]) -> Article:
    url = row["url"]
    return Article(article_id=url, url=url, title=row["title"], text=row["text"], published=row["published"])


def score(pairs: Sequence[Pair]) -> Score:
    """Read and resolve all articles of the pairs together, and compare."""
    articles = {article.url: article for pair in pairs for article in (pair.one, pair.other)}
    found = rounds((article, claims(article)) for article in articles.values())
    return compare(pairs, [{url for url, _, _ in one.claims} for one in found])


def compare(pairs: Iterable[Pair], events: Iterable[Iterable[str]]) -> Score:
    """How the events, each with the addresses of its articles, fit the pairs."""
    together: dict[Urls, None] = {frozenset(two): None for urls in events for two in combinations(sorted(urls), 2)}
    labels = {pair.urls: pair for pair in pairs}
    wrong = [_told(urls, labels.get(urls)) for urls in together if urls not in labels or not labels[urls].same]
    missed = [_told(pair.urls, pair) for pair in labels.values() if pair.same and pair.urls not in together]
    return Score(sum(pair.same and pair.urls in together for pair in labels.values()), tuple(wrong), tuple(missed))


def _told(urls: Urls, pair: Pair | None) -> str:
    return f"{pair.pair_id} {pair.kind}" if pair else f"articles of two pairs: {' '.join(sorted(urls))}"


def kinds(pairs: Iterable[Pair]) -> dict[bool, list[str]]:
    """What is hard about the pairs, those of one round apart from the others."""
    found: dict[bool, list[str]] = defaultdict(list)
    for pair in pairs:
        found[pair.same].append(pair.kind)
    return found


def report(found: Score) -> str:
    """The figures, and each pair that was misjudged."""
    lines = [f"precision {found.precision:.3f}  recall {found.recall:.3f}  pairs rightly joined {found.joined}"]
    lines += [f"wrongly joined: {words}" for words in found.wrong]
    lines += [f"wrongly apart:  {words}" for words in found.missed]
    return "\n".join(lines)


if __name__ == "__main__":
    print(report(score(load(Path(sys.argv[1])))))
