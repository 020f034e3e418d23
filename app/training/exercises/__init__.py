"""Exercises (harjoitukset, övningar) on paths by role, their checks, progress and certificate; only in the training environment."""
