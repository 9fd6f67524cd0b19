"""Which statistical model reads along, for everything that reads texts by Scrapy's settings."""

from __future__ import annotations

from extract.nlp import use
from pipelines.paths import Settings


def use_model(settings: Settings) -> None:
    """From now on read with the model that the setting NER_MODEL names, or with none. Raises NoModel."""
    use(settings.get("NER_MODEL") or "")
