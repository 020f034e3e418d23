"""References to acts as both languages write them, and where an act in force is read."""

from __future__ import annotations

import re

# The addresses of up-to-date acts in the service of the Ministry of Justice, by the reader's language.
_FINLEX = {"fi": "https://www.finlex.fi/fi/lainsaadanto", "sv": "https://www.finlex.fi/sv/lagstiftning"}
_PART = r"\d+(?: [a-z]\b)?(?:\.\d+)?"
_SECTION = re.compile(rf"({_PART})(?:–({_PART}))?")
_REFERENCE = re.compile(rf"§§? ({_SECTION.pattern}(?:, {_SECTION.pattern})*)")


def sections_in_words(sections: str) -> str:
    """Give sections such as "18.2, 32 a" as both languages write them: "18 § 2 mom., 32 a §". Raises ValueError for anything else."""
    return ", ".join(_in_words(part) for part in sections.split(", "))


def in_words(reference: str) -> str:
    """Give a reference such as "681/2023 §§ 9, 23.3–23.4; 576/2024" with its sections in words: "681/2023 9 §, 23 § 3–4 mom.; 576/2024"."""
    return _REFERENCE.sub(lambda found: sections_in_words(found[1]), reference)


def _in_words(part: str) -> str:
    found = _SECTION.fullmatch(part)
    if found is None:
        raise ValueError(part)
    section, moment = _parted(found[1])
    if found[2] is None:
        return _one(section, moment)
    last, last_moment = _parted(found[2])
    if moment is None:
        return _one(f"{section}–{last}", last_moment)
    # "2.3–4" and "23.3–23.4" are subsections of one section.
    if last_moment is None or last == section:
        return _one(section, f"{moment}–{last_moment or last}")
    return f"{_one(section, moment)} – {_one(last, last_moment)}"


def _parted(part: str) -> tuple[str, str | None]:
    section, _point, moment = part.partition(".")
    return section, moment or None


def _one(section: str, moment: str | None) -> str:
    return f"{section} § {moment} mom." if moment else f"{section} §"


def address(act: str, language: str) -> str:
    """Give where an act such as "681/2023" is read in a language."""
    number, year = act.split("/")
    return f"{_FINLEX[language]}/{year}/{number}"
