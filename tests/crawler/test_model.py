"""NER_MODEL: a statistical model's organisations as candidates, and what is said where there is no such model."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import spacy

from extract import nlp
from extract.events import claims
from extract.records import Article
from tests.archives import archive, page
from tests.crawler.running import Commands
from tests.newsroom.client import scrapy

ARTICLE = {
    "id": "a",
    "url": "https://paper.example/a",
    "published": "2026-03-10",
    "title": "Shops face the end of paper",
    "text": "On Monday zendora laid off 40 packers.\n\nA rival, quellbrook, opened a shop in spring.",
}


@pytest.fixture
def model(tmp_path: Path) -> Iterator[Path]:
    """A pipeline that takes two words in small letters for organisations; nothing of it stays behind."""
    made = spacy.blank("en")
    ruler = made.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "ORG", "pattern": name} for name in ("zendora", "quellbrook")])  # type: ignore[attr-defined]
    made.to_disk(tmp_path / "model")
    yield tmp_path / "model"
    nlp.use("")


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    path = tmp_path / "articles.jsonl"
    path.write_text(json.dumps(ARTICLE) + "\n", encoding="utf-8")
    return path


def companies(command: Commands) -> list[str]:
    return [event["company"] for event in command("events", "--json").table["events"]]


def read() -> list[tuple[str, str]]:
    article = Article(article_id="a", url="urn:a", published="2026-03-10", title="", text=ARTICLE["text"])
    return [(claim.company, claim.rule) for claim in claims(article) if claim.kind == "cut"]


def test_its_organisations_are_candidates_in_sentences_about_cuts(model: Path) -> None:
    assert read() == []
    nlp.use(str(model))
    assert [company for company, _ in read()] == ["zendora"]
    nlp.use("")
    assert read() == []


def test_a_crawl_and_reextract_read_with_the_model_of_the_settings(
    command: Commands, model: Path, articles: Path
) -> None:
    assert scrapy("crawl", "archive", "-a", f"path={articles}", "-s", f"DATABASE={command.database}").status == 0
    assert companies(command) == []
    assert command("reextract", "-s", f"NER_MODEL={model}").status == 0
    assert companies(command) == ["zendora"]
    assert command("reextract").status == 0
    assert companies(command) == []


def test_a_backfill_reads_with_the_model_of_the_settings(command: Commands, model: Path, tmp_path: Path) -> None:
    html = page(ARTICLE["title"], ARTICLE["text"])
    path = archive(tmp_path / "a.warc.gz", [(ARTICLE["url"], html)])
    assert command("backfill", str(path), "--processes", "1").status == 0
    assert companies(command) == []
    done = command("backfill", str(path), "--processes", "1", "--again", "-s", f"NER_MODEL={model}")
    assert done.status == 0, done.errors
    assert companies(command) == ["zendora"]


@pytest.mark.parametrize(
    "words", [("crawl", "archive", "-a", "path={}"), ("reextract",), ("evaluate", "{}"), ("backfill", "{}")]
)
def test_a_model_that_is_not_there_is_named(articles: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    settings = ("-s", "NER_MODEL=en_core_web_nowhere", "-s", f"DATABASE={tmp_path / 'a.db'}")
    run = scrapy(*(word.format(articles) for word in words), *settings)
    assert run.status == 2
    assert "NER_MODEL: 'en_core_web_nowhere' cannot be loaded; install it with pip" in run.out + run.err
    assert "Traceback" not in run.out + run.err


def test_a_pipeline_without_organisations_is_refused(command: Commands, articles: Path, tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "blank")
    done = command("evaluate", str(articles), "-s", f"NER_MODEL={tmp_path / 'blank'}")
    assert (done.status, "marks no organisations (ORG)" in done.errors) == (2, True)
