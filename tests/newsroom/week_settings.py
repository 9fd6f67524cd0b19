"""The project's settings on a day of the tests' choosing: LEDGER_NOW, an ISO instant."""

import os
from datetime import datetime

from crawler.settings import *  # noqa: F403
from pipelines import clock

clock.now = lambda: datetime.fromisoformat(os.environ["LEDGER_NOW"])
