"""The project's settings with a pipeline of the tests in place of the journey: pages go to the file PAGES_FILE."""

from crawler.settings import *  # noqa: F403

ITEM_PIPELINES = {"tests.newsroom.pipeline.PagesFile": 100}
PAGES_FILE = ""
