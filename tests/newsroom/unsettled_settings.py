"""The project's settings with little patience for pages whose scripts go on asking."""

from crawler import rendering
from crawler.settings import *  # noqa: F403

rendering.SETTLING = 1.0
