"""The tests: `pytest` runs all that needs Python alone."""
