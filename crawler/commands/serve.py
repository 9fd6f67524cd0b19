"""`scrapy serve`: the database in a browser, by Datasette, for this machine alone unless it is told otherwise."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from scrapy.exceptions import UsageError

from crawler.commanding import LedgerCommand
from crawler.serving import CannotServe, Service, arguments, is_loopback
from pipelines.paths import database_path


class Command(LedgerCommand):
    """Exit status: 0 served until stopped, 1 could not be, 2 usage, a public address without --public included."""

    about = "Show the database in a browser, by Datasette (extra [serve]), on this machine alone"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Scrapy's own and ours."""
        super().add_options(parser)
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")
        parser.add_argument("--port", type=int, default=8001, help="port to listen on (default: 8001)")
        parser.add_argument(
            "--token", action="store_true", help="only to who opens the address with the token, printed"
        )
        parser.add_argument(
            "--immutable", action="store_true", help="serve a copy: a table of now, which no crawl changes"
        )
        parser.add_argument(
            "--public", action="store_true", help="allow an address that other machines reach; a copy without texts"
        )
        parser.add_argument("--texts", action="store_true", help="with --public: with the articles' texts")

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Serve until interrupted; raises StoreError and UsageError."""
        if not (is_loopback(opts.host) or opts.public):
            raise UsageError(
                f"--host {opts.host}: other machines may reach it; --public allows that, and leaves article texts out",
                print_help=False,
            )
        if opts.texts and not opts.public:
            raise UsageError("--texts belongs to --public; without it texts are there anyway", print_help=False)
        assert self.settings is not None
        service = Service(
            opts.host, opts.port, opts.immutable or opts.public, opts.texts or not opts.public, opts.token
        )
        try:
            with tempfile.TemporaryDirectory(prefix="layoff-ledger-") as folder:
                self.exitcode = serve(arguments(database_path(self.settings), Path(folder), service))
        except CannotServe as error:
            self.fail(str(error))


def serve(given: list[str]) -> int:
    """Run Datasette with these arguments and our dashboard until it is stopped; its exit status."""
    try:
        from datasette.cli import cli
        from datasette.plugins import pm
    except ImportError:
        raise CannotServe('Datasette is not installed; .venv/bin/pip install -e ".[serve]" brings it') from None
    from crawler import dashboard

    pm.register(dashboard, "layoff-ledger")
    try:
        cli.main([*given, "--template-dir", str(dashboard.TEMPLATES)], standalone_mode=False)
    except SystemExit as ended:
        return int(ended.code or 0)
    except KeyboardInterrupt:
        return 0
    finally:
        pm.unregister(name="layoff-ledger")
    return 0
