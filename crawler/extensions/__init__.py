"""What watches a crawl: the summary at its end, and an end that comes."""
