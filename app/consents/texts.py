"""The texts that clients consent to, by version; they stand in `data/texts.toml` and a version never changes."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

# The version of a consent that was brought from another system: it was given to a text of that system, which is not kept here.
BROUGHT = "0"


@dataclass(frozen=True)
class ConsentText:
    """One version of the text of a kind of consent, in both languages, used from a day on."""

    type: str
    version: str
    valid_from: date
    fi: str
    sv: str

    def in_language(self, language: str) -> str:
        """Give the text in Finnish or Swedish."""
        return self.sv if language == "sv" else self.fi


@cache
def texts() -> tuple[ConsentText, ...]:
    """Give every version there has been, in the order they were taken into use."""
    rows = tomllib.loads((Path(__file__).parent / "data" / "texts.toml").read_text(encoding="utf-8"))["text"]
    found = [ConsentText(row["type"], row["version"], row["valid_from"], row["fi"].strip(), row["sv"].strip()) for row in rows]
    return tuple(sorted(found, key=lambda text: text.valid_from))


def text_on(kind: str, on: date) -> ConsentText | None:
    """Give the text that was in use on a day, None before there was one."""
    return next((text for text in reversed(texts()) if text.type == kind and text.valid_from <= on), None)


def text_of(kind: str, version: str) -> ConsentText | None:
    """Give the text of a version, None for one that this release does not know."""
    return next((text for text in texts() if (text.type, text.version) == (kind, version)), None)
