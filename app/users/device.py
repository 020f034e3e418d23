"""A coarse name of the browser and the system a person signs in with: enough to know one's own sessions by.

A list of our own rather than a parser of every device: only what a person would say of their machine is kept, so that
the row tells little to anybody else.
"""

from __future__ import annotations

# The first that is found counts: browsers name those they descend from as well.
_BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"),
             ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"))  # fmt: skip
_SYSTEMS = (("Windows", "Windows"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "ChromeOS"), ("Mac OS X", "macOS"),
            ("Linux", "Linux"))  # fmt: skip


def device_of(user_agent: str) -> str | None:
    """Give `Firefox, Windows`, or as much of it as the browser tells; None when it tells neither."""
    parts = [next((name for mark, name in marks if mark in user_agent), None) for marks in (_BROWSERS, _SYSTEMS)]
    return ", ".join(part for part in parts if part) or None
