"""Attacks on what is published: whoever holds all that an audience can get must recover no small cell."""
