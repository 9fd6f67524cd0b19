"""`scrapy sources`: the sources with their health; a visit to each; lists of feeds out and in."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from scrapy.exceptions import UsageError

from crawler import blocks, opml, outputs, source_tables
from crawler.addresses import given_path
from crawler.asking import VERSIONS, Asking, print_json
from crawler.sources import Source, SourceError, choose, load, parsed, source
from pipelines.clock import now
from pipelines.export import replacing
from pipelines.paths import database_path, from_root
from pipelines.visiting import known_sources


class Command(Asking):
    """Exit status: 0 done, 1 could not be done or a part of the input is bad, 2 usage, 3 a visited source failed."""

    requires_crawler_process = True  # --check visits them
    about = "List the sources with their health: when each last had something new, and which are silent"

    wanted = "[SOURCE...]"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Scrapy's own and ours."""
        super().add_options(parser)
        parser.add_argument("--tag", metavar="TAGS", default="", help="only sources with one of these tags")
        parser.add_argument("--check", action="store_true", help="visit each once and say what it would yield")
        parser.add_argument("--save", action="store_true", help="with --check: note today's day where it worked")
        parser.add_argument("--opml", metavar="FILE", help="write them as OPML (- for standard output)")
        parser.add_argument("--import", metavar="FILE", dest="imported", help="add the feeds of an OPML file")

    def check(self, args: list[str]) -> None:
        """Any number of sources, none being all."""

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Do the one thing asked for; raises StoreError and UsageError."""
        if sum(map(bool, (opts.check, opts.opml, opts.imported))) > 1 or (opts.save and not opts.check):
            raise UsageError("--check (with --save), --opml and --import are done one at a time", print_help=False)
        assert self.settings is not None
        self.path = from_root(self.settings["SOURCES"])
        try:
            known = load(self.path)
            if opts.imported:
                self.bring_in(given_path(opts.imported), known)
            else:
                self.show(choose(known, args, [t.strip() for t in opts.tag.split(",") if t.strip()]), opts)
        except LookupError as error:
            raise UsageError(error.args[0], print_help=False) from None
        except (SourceError, opml.NotOpml) as error:
            self.fail(str(error))
        except OSError as error:
            self.fail(f"{error.filename or opts.opml}: {error.strerror}" if error.strerror else str(error))

    def show(self, chosen: tuple[Source, ...], opts: argparse.Namespace) -> None:
        """The chosen sources: listed, visited, or as OPML."""
        if opts.check:
            self.visit(chosen, opts)
        elif opts.opml:
            outputs.write(opts.opml, opml.written(chosen))
        else:
            assert self.settings is not None
            self.print(source_tables.with_health(chosen, known_sources(database_path(self.settings))), opts)

    def print(self, rows: list[dict[str, Any]], opts: argparse.Namespace) -> None:
        """Print the sources with their health."""
        if opts.json:
            print_json(sources=rows)
            return
        console = self.console()
        source_tables.print_health(console, rows)
        console.print(VERSIONS, style="dim")

    def visit(self, chosen: tuple[Source, ...], opts: argparse.Namespace) -> None:
        """Visit each once; 3 where one gave nothing."""
        from crawler.checking import CheckSpider  # reads pages, which takes a while to load

        assert self.crawler_process is not None
        crawler = self.crawler_process.create_crawler(CheckSpider)
        self.crawler_process.crawl(crawler, source=",".join(s.id for s in chosen))
        self.crawler_process.start()
        found: list[dict[str, Any]] = crawler.spider.report() if isinstance(crawler.spider, CheckSpider) else []
        if opts.json:
            print_json(sources=found)
        else:
            source_tables.print_check(self.console(), found)
        good = [row["source_id"] for row in found if row["outcome"] == "read" and row["listed"]]
        if opts.save and good:
            day = now().date().isoformat()
            replace(self.path, blocks.checked(self.path.read_text(encoding="utf-8"), dict.fromkeys(good, day)))
        if len(good) < len(chosen):
            self.fail(f"{len(chosen) - len(good)} of {len(chosen)} sources gave nothing", 3)

    def bring_in(self, path: Path, known: tuple[Source, ...]) -> None:
        """Add the feeds of an OPML file to the file of sources; one that cannot be used is told, the rest goes in."""
        text, good = self.path.read_text(encoding="utf-8"), 0
        for line, entry in opml.entries(path.read_bytes(), path.name, known, now().date().isoformat()):
            try:
                source(entry, f"{path}:{line}")
            except SourceError as error:
                self.fail(str(error))
                continue
            text, good = f"{text.rstrip()}\n\n{blocks.block(entry)}", good + 1
        parsed(text, self.path)
        if good:
            replace(self.path, text)
        print(f"{good} new {'source' if good == 1 else 'sources'} in {self.path}; read what they say before you crawl")


def replace(path: Path, text: str) -> None:
    """Put the text in the place of a file's."""
    with replacing(path) as file:
        file.write(text.encode())
