"""What `scrapy evaluate` does: reads labelled files, measures, prints, and holds figures against their floors."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from rich.console import Console

from crawler import scores
from crawler.outputs import write_json
from extract import floors
from extract.answers import Result
from extract.evaluate import Evaluation, evaluate, summary
from extract.labels import LabelError, Labelled, labelled
from extract.unused import unused
from pipelines.export import replacing
from pipelines.paths import ROOT


class Unusable(Exception):
    """A file that cannot be used; the message names it, and line and key where there are such."""


def measure(files: list[str], opts: argparse.Namespace) -> bool:
    """Measure and print as the options say. True where no figure is below its floor. Raises Unusable."""
    try:
        articles = {_name(path): labelled(path) for path in map(Path, files)}
        found = measured(articles)
        _print(found, opts, [one for some in articles.values() for one in some])
        if opts.markdown:
            page = Path(opts.markdown)
            _write(page, scores.with_scores(page.read_text(encoding="utf-8"), found))
        return not opts.floor or _hold(found[: len(articles)], Path(opts.floor), opts.rise)
    except OSError as error:
        raise Unusable(f"{error.filename}: {error.strerror}") from None
    except scores.NoPlace as error:
        raise Unusable(f"{opts.markdown}: {error}") from None
    except (LabelError, floors.FloorError) as error:
        raise Unusable(str(error)) from None


def _name(path: Path) -> str:
    """How the file is called in tables and among the floors: its place in the project, where it lies in it."""
    whole = path.resolve()
    return whole.relative_to(ROOT).as_posix() if whole.is_relative_to(ROOT) else path.as_posix()


def measured(files: dict[str, list[Labelled]]) -> list[Evaluation]:
    """The evaluation of each file and, of several, of all together at the end."""
    found: list[Evaluation] = []
    results: list[Result] = []
    for name, articles in files.items():
        one, compared = evaluate(name, articles)
        found.append(one)
        results += compared
    return [*found, summary(scores.ALL, results)] if len(found) > 1 else found


def _print(found: list[Evaluation], opts: argparse.Namespace, articles: list[Labelled]) -> None:
    texts = [f"{one.page.title or ''}\n\n{one.page.text or ''}" for one in articles]
    phrases = unused(texts) if opts.vocabulary else None
    if opts.json:
        write_json(scores.as_json(found, opts.errors, phrases))
        return
    console = Console(highlight=False, soft_wrap=True, markup=False)
    for one in found:
        console.print(scores.table(one), scores.band_table(one), sep="\n")
        console.print(scores.source_line(one) + "\n" * (one is not found[-1]), style="dim")
    for difference in found[-1].differences if opts.errors else ():
        console.print(scores.line_of(difference))
    for name, lines in (phrases or {}).items():
        console.print(f"{name}: {len(lines)} phrases stand in no article", style="bold")
        console.print("\n".join(f"  {line}" for line in lines))


def _write(path: Path, text: str) -> None:
    with replacing(path) as file:
        file.write(text.encode())


def _hold(found: list[Evaluation], path: Path, rise: bool) -> bool:
    """Do the floors hold? With `rise` those that can be are raised, and the file is written."""
    known = floors.read(path) if path.exists() or not rise else {}
    good = True
    for one in found:
        if one.name not in known and not rise:
            raise floors.FloorError(f"{path}: no floors for {one.name}; --raise sets them")
        for line in floors.below(known.get(one.name, {}), one.figures):
            good = False
            print(f"scrapy evaluate: {one.name}: {line}", file=sys.stderr)
        known[one.name] = floors.raised(known.get(one.name, {}), one.figures)
    if rise:
        _write(path, floors.written(known))
    return good
