"""The project's settings as if the extra [render] were not installed."""

from crawler import rendering
from crawler.settings import *  # noqa: F403

rendering.installed = lambda: False
