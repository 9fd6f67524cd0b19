"""Carries items from page to database, one step a file: gate, read, claims, store. `export` writes the table out."""
