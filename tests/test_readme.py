"""What README says is so: columns, commands, options, settings, files, the marked commands and what they print."""

from __future__ import annotations

import argparse
import importlib
import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from scrapy.commands import ScrapyCommand
from scrapy.commands.crawl import Command as ScrapysCrawl
from scrapy.settings import Settings, default_settings
from scrapy.spiderloader import SpiderLoader

from crawler import settings
from extract.__main__ import _parser
from extract.records import Event
from pipelines.export import COLUMNS
from tests.build_readme import block, sample, scores, section, shortened

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
#: Files that README names and that only a run or an installation makes.
MADE = {"events.csv", "data/sample.db", "data/layoffs.db", "data/crawl.log", "data/pages"}


def rows(title: str) -> list[list[str]]:
    """The cells of the table in a section, without its header."""
    lines = [line for line in section(README, title).splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


def test_columns_are_those_of_the_event_in_order() -> None:
    described = [(name.strip("`"), meaning) for name, meaning in rows("Columns")]
    assert described == [(field.name, field.metadata["doc"]) for field in fields(Event)]
    assert tuple(name for name, _ in described) == COLUMNS


def test_scores_are_those_of_the_page_on_accuracy() -> None:
    assert scores() in section(README, "How accurate it is")


def commands() -> dict[str, ScrapyCommand]:
    """The project's own commands by name: one file each in crawler/commands/."""
    names = sorted(p.stem for p in (ROOT / "crawler" / "commands").glob("*.py") if p.stem != "__init__")
    return {name: importlib.import_module(f"crawler.commands.{name}").Command() for name in names}


class Bare(ScrapyCommand):
    """A command with the options that Scrapy gives to all."""

    def short_desc(self) -> str:
        return ""

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        raise NotImplementedError


def options(command: ScrapyCommand) -> set[str]:
    """The options that a command takes, e.g. {"--json", "-n"}."""
    command.settings = Settings({"FEED_EXPORT_FIELDS": None})
    parser = argparse.ArgumentParser(conflict_handler="resolve")
    command.add_options(parser)
    return {string for action in parser._actions for string in action.option_strings}


def test_commands_are_those_that_exist() -> None:
    documented = {m[1] for cells in rows("Commands") if (m := re.match(r"`scrapy (\w+)", cells[0]))}
    assert documented == set(commands())


def test_spiders_are_those_that_exist() -> None:
    documented = {m[1] for cells in rows("Commands") if (m := re.match(r"`scrapy crawl (\w+)", cells[0]))}
    assert documented == set(SpiderLoader.from_settings(Settings({"SPIDER_MODULES": settings.SPIDER_MODULES})).list())


def test_spider_arguments_are_those_that_exist() -> None:
    loader = SpiderLoader.from_settings(Settings({"SPIDER_MODULES": settings.SPIDER_MODULES}))
    for first, text in rows("Commands"):
        if match := re.match(r"`scrapy crawl (\w+)", first):
            documented = set(re.findall(r"-a (\w+)=", first + text))
            assert documented == set(loader.load(match[1]).arguments()), match[1]


def test_options_are_those_that_exist() -> None:
    text = section(README, "Commands")
    everywhere = options(Bare()) | options(ScrapysCrawl()) | {"-a"}
    ours = set().union(*(options(command) for command in commands().values())) - everywhere
    ours |= {string for action in _parser()._actions for string in action.option_strings} - {"-h", "--help"}
    documented = set(re.findall(r"(?<![\w-])--?[a-zA-Z][\w-]*", text)) - {"-m"}  # of python -m extract
    assert ours - documented == set(), "not in README"
    assert documented - ours - everywhere == set(), "in README, but no command takes them"


def test_settings_are_ours_with_their_defaults() -> None:
    ours = {name for name in vars(settings) if name.isupper() and not hasattr(default_settings, name)}
    described = {name.strip("`"): default.strip("`") for name, default, _ in rows("Settings")}
    assert set(described) == ours
    assert described == {name: str(getattr(settings, name)) or "empty" for name in ours}


def named_paths() -> set[str]:
    """What README names in backticks and is a path of the project: lower case or one of the usual capital names."""
    words = re.findall(r"`([\w./-]+)`", re.sub(r"```.*?```", "", README, flags=re.DOTALL))
    named = re.compile(
        r"\.?[a-z]+/[\w./-]*|[a-z][\w-]*\.(?:md|toml|txt|cfg|csv)|(?:[A-Z]{4,}(?:-[A-Z]+)?)(?:\.md|\.cff)?"
    )
    known = {name for name in vars(settings) if name.isupper()}
    return {word for word in words if named.fullmatch(word)} - known


@pytest.mark.parametrize("path", sorted(named_paths()))
def test_files_exist(path: str) -> None:
    assert path in MADE or (ROOT / path).exists()


def test_licences_and_pages_are_named() -> None:
    assert named_paths() >= {
        "LICENSE",
        "LICENSE-DATA",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "SECURITY.md",
        "CITATION.cff",
    }
    pages = {path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").glob("*.md")}
    assert pages <= named_paths(), "pages of docs/ that README does not name"


def test_continuous_integration_runs_the_marked_commands() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    marked = set(re.findall(r"^<!-- ci: (\w+) -->$", README, re.MULTILINE)) - {"none"}
    assert marked == {"sample", "test", "lint"}
    assert set(re.findall(r"^readme (\w+)", script, re.MULTILINE)) == marked
    for name in marked | {"none"}:
        assert len(block(README, f"ci: {name}").splitlines()) == 1, f"{name} is not one line"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where README's first command has put its files; `printed` holds what it printed."""
    made = tmp_path_factory.mktemp("readme")
    (made / "printed").write_text(sample(made), encoding="utf-8")
    return made


def test_first_command_prints_what_readme_shows(folder: Path) -> None:
    printed = (folder / "printed").read_text(encoding="utf-8")
    assert block(README, "output: sample") == shortened(printed), (
        "run python -m tests.build_readme, and read what changed"
    )


def test_first_command_writes_the_columns_in_order(folder: Path) -> None:
    header = (folder / "events.csv").read_text(encoding="utf-8").splitlines()[0]
    assert header.split(",") == [name.strip("`") for name, _ in rows("Columns")]


def test_offsets_hold_as_readme_checks_them(folder: Path) -> None:
    code = block(README, "python: offsets")
    assert code.count('connect("data/sample.db")') == 1
    names: dict[str, Any] = {}
    exec(code.replace("data/sample.db", f"{folder}/sample.db"), names)
    names["db"].close()
    assert names["quote"], "no claim in the sample"
