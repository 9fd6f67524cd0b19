"""Reads news text: pages to articles, articles to claims, claims to events. Knows no network, no Scrapy, no SQLite."""

__version__ = "0.1.0"

#: Version of the reading rules. It rises with every change that can change a row; stored with each article and event.
RULES_VERSION = "2026.11.28"
