"""The static site of `scrapy report`: what its pages show, how its charts are drawn, and which files it has."""
