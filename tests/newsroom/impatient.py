"""The project's settings, and a second's patience with a database that somebody else writes to."""

from crawler.settings import *  # noqa: F403
from pipelines import sqlite

sqlite.BUSY_SECONDS = 1
