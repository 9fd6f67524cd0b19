"""Tests of the crawl: sources, spiders, middlewares, commands, and whole crawls of the newsroom."""
