"""Announcements on every page (fi tiedote, sv meddelande): information, a warning, a planned outage with its time."""
