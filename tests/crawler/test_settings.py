"""The settings that keep a crawl polite and safe, as Scrapy reads them; each said with its reason."""

from __future__ import annotations

import re
import warnings
from pathlib import Path

import pytest
from scrapy.settings import Settings, default_settings

from crawler import settings as ours
from tests.crawler.running import Commands
from tests.newsroom.client import scrapy

ROOT = Path(__file__).resolve().parent.parent.parent
#: Settings of the project itself, which Scrapy does not know.
OWN = {
    "PAGES", "REVISIT_DAYS", "PAGES_PER_HOST", "READ_SECONDS", "READ_PROCESSES",
    "DATABASE", "SOURCES", "OVERRIDES", "CONTACT", "KEEP_TEXT_DAYS", "FAILURE_THRESHOLD", "ALLOW_PRIVATE_HOSTS",
    "NER_MODEL", "ALARM", "ALARM_COMMAND",
}  # fmt: skip


@pytest.mark.parametrize("name", ["backfill", "crawl", "events", "export", "merge", "report", "share", "sources"])
def test_a_setting_that_is_misspelt_is_told(command: Commands, name: str) -> None:
    done = command(name, "-s", "DATABAS=data/other.db")
    assert (done.status, done.out.count("\n")) == (2, 0), done.out
    assert "error: no setting DATABAS; did you mean DATABASE?" in done.errors
    assert not command.database.exists()


@pytest.fixture
def settings() -> Settings:
    made = Settings()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        made.setmodule(ours, priority="project")
    return made


@pytest.mark.parametrize(("name", "value"), [
    ("ROBOTSTXT_OBEY", True), ("CONCURRENT_REQUESTS_PER_DOMAIN", 1), ("AUTOTHROTTLE_ENABLED", True),
    ("COOKIES_ENABLED", False), ("DOWNLOAD_MAXSIZE", 10 * 2**20), ("DOWNLOAD_TIMEOUT", 30), ("REDIRECT_MAX_TIMES", 5),
    ("DOWNLOAD_VERIFY_CERTIFICATES", True), ("TELNETCONSOLE_ENABLED", False), ("REMOTE_CONTROL_ENABLED", False),
    ("ALLOW_PRIVATE_HOSTS", False), ("DATABASE", "data/layoffs.db"), ("COMMANDS_MODULE", "crawler.commands"),
    ("DEFAULT_DROPITEM_LOG_LEVEL", "INFO"),
])  # fmt: skip
def test_value(settings: Settings, name: str, value: object) -> None:
    assert settings[name] == value


def test_delay_with_jitter(settings: Settings) -> None:
    assert settings.getfloat("DOWNLOAD_DELAY") >= 1
    assert settings.getfloat("DOWNLOAD_DELAY_JITTER") > 0


@pytest.mark.parametrize("scheme", ["file", "data", "ftp", "s3"])
def test_no_handler_but_for_the_web(settings: Settings, scheme: str) -> None:
    assert settings.getdict("DOWNLOAD_HANDLERS")[scheme] is None


def test_the_journey_in_order() -> None:
    assert sorted(ours.ITEM_PIPELINES, key=ours.ITEM_PIPELINES.__getitem__) == [
        "pipelines.gate.Gate", "pipelines.read.Read", "pipelines.claims.Claims", "pipelines.store.Store"]  # fmt: skip


def test_scrapy_knows_every_setting_that_is_not_ours() -> None:
    known = set(dir(default_settings)) | OWN
    assert {name for name in dir(ours) if name.isupper()} - known == set()


def test_the_user_agent_says_who_we_are(settings: Settings) -> None:
    from crawler.spiders.urls import UrlsSpider

    settings.set("CONTACT", "desk@example.org", "cmdline")
    UrlsSpider.update_settings(settings)
    assert re.fullmatch(r"layoff-ledger/\S+ \(.*\) \(\+desk@example\.org\)", settings["USER_AGENT"])


def test_scrapy_finds_the_project_from_any_folder_inside() -> None:
    listed = scrapy("list", cwd=ROOT / "data", settings="")
    assert (listed.status, listed.out.split()) == (0, ["archive", "news", "urls"])
    assert "exit status" in scrapy("--help", cwd=ROOT / "data", settings="").out
