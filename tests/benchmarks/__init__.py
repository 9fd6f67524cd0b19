"""Measurements of time and size, run by hand; no part of the test run."""
