"""A news site on a free loopback port, in a process of its own: what the crawl tests crawl."""
