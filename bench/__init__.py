"""Measurements at the size of the whole country, run by hand; figures and how to read them are in README.md."""
