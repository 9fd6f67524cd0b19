"""The three ways in: `news` (the sources), `archive` (files at hand), `urls` (addresses that somebody names)."""
