"""`scrapy evaluate FILE...`: how well the rules read labelled articles, and whether that is good enough."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any, ClassVar

from rich.console import Console
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler import scores
from crawler.options import no_options
from extract import floors
from extract.answers import Result
from extract.evaluate import Evaluation, evaluate, summary
from extract.labels import LabelError, Labelled, labelled
from extract.unused import unused
from pipelines.export import replacing
from pipelines.paths import ROOT


class Command(ScrapyCommand):
    """Exit status: 0 measured, and no figure below its floor; 1 one is, or a file cannot be used; 2 usage."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_LEVEL": "WARNING"}

    def syntax(self) -> str:
        """For `scrapy evaluate -h`."""
        return "[options] FILE.jsonl..."

    def short_desc(self) -> str:
        """For `scrapy --help`."""
        return "Measure the reading rules on labelled articles: precision, recall and F1 of each field"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Scrapy's own and ours."""
        super().add_options(parser)
        parser.add_argument("--errors", action="store_true", help="list all that is not as labelled, and by which rule")
        parser.add_argument("--json", action="store_true", help="print JSON; with --errors the differences too")
        parser.add_argument("--floor", metavar="SCORES", help="fail where a figure is below its floor in this file")
        parser.add_argument("--raise", dest="rise", action="store_true", help="raise the floors in SCORES to today's")
        parser.add_argument("--markdown", metavar="PAGE", help="write the figures between the marks of this page")
        parser.add_argument("--vocabulary", action="store_true", help="list the phrases that no article uses")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Measure and print; raises UsageError."""
        no_options(args)
        if not args:
            raise UsageError("name a labelled file, for example: data/gold/articles.jsonl", print_help=False)
        if opts.rise and not opts.floor:
            raise UsageError("--raise: say which floors, for example: --floor tests/scores.json", print_help=False)
        try:
            files = {_name(path): labelled(path) for path in map(Path, args)}
            found = measured(files)
            _print(found, opts, [one for articles in files.values() for one in articles])
            if opts.markdown:
                page = Path(opts.markdown)
                _write(page, scores.with_scores(page.read_text(encoding="utf-8"), found[-1]))
            if opts.floor and not _hold(found[: len(files)], Path(opts.floor), opts.rise):
                self.exitcode = 1
        except OSError as error:
            self._fail(f"{error.filename}: {error.strerror}")
        except (LabelError, floors.FloorError) as error:
            self._fail(str(error))
        except ValueError as error:
            self._fail(f"{opts.markdown}: {error}")

    def _fail(self, message: str) -> None:
        print(f"scrapy evaluate: {message}", file=sys.stderr)
        self.exitcode = 1


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
    return [*found, summary("all files", results)] if len(found) > 1 else found


def _print(found: list[Evaluation], opts: argparse.Namespace, articles: list[Labelled]) -> None:
    texts = [f"{one.page.title or ''}\n\n{one.page.text or ''}" for one in articles]
    phrases = unused(texts) if opts.vocabulary else None
    if opts.json:
        sys.stdout.write(scores.as_json(found, opts.errors, phrases))
        return
    console = Console(highlight=False, soft_wrap=True, markup=False)
    for one in found:
        console.print(scores.table(one))
        console.print(scores.band_table(one))
        console.print(scores.source_line(one), style="dim")
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
