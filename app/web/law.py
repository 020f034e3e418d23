"""References to acts as readers write them, and where an act in force is read."""

from __future__ import annotations

import re

# The addresses of up-to-date acts in the service of the Ministry of Justice, by the reader's language.
_FINLEX = {"fi": "https://www.finlex.fi/fi/lainsaadanto", "sv": "https://www.finlex.fi/sv/lagstiftning"}
_SECTION = re.compile(r"(?P<section>\d+(?: [a-z])?)(?:\.(?P<moment>\d+(?:–\d+)?))?")


def in_words(sections: str) -> str:
    """Give sections such as "18.2, 32 a" as both languages write them: "18 § 2 mom., 32 a §". Raises ValueError for anything else."""
    found = [(part, _SECTION.fullmatch(part)) for part in sections.split(", ")]
    for part, match in found:
        if match is None:
            raise ValueError(part)
    return ", ".join(f"{match['section']} §" + (f" {match['moment']} mom." if match["moment"] else "") for _part, match in found if match)


def address(act: str, language: str) -> str:
    """Give where an act such as "681/2023" is read in a language."""
    number, year = act.split("/")
    return f"{_FINLEX[language]}/{year}/{number}"
