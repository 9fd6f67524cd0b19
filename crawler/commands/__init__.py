"""The project's own `scrapy` commands, one file a command."""
