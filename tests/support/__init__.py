"""Helpers of the tests that stand in for the world outside the application."""
