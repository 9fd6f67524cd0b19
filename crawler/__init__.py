"""Fetches pages and hands them on: sources, spiders, middlewares, and what `scrapy` says and returns."""
