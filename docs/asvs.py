"""Write `docs/asvs.md` from `docs/asvs.csv`: each requirement of OWASP ASVS 5.0.0, level 1 and 2, and how it is answered."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import NamedTuple

DATA = Path(__file__).parent / "asvs.csv"
ANSWERS = ("met", "partly", "open", "not applicable")
CHAPTERS = {
    "V1": "Encoding and cleaning", "V2": "Validation and the logic of the work", "V3": "The browser", "V4": "HTTP and programs", "V5": "Files",
    "V6": "Signing in", "V7": "Sessions", "V8": "Rights", "V9": "Tokens that carry their content", "V10": "OAuth and OIDC", "V11": "Cryptography",
    "V12": "Connections", "V13": "Configuration", "V14": "Data", "V15": "Code and packages", "V16": "Logs and errors", "V17": "WebRTC",
}  # fmt: skip
LEAD = """# OWASP ASVS 5.0.0, level 1 and 2

From `docs/asvs.csv`. The requirements are those of the
[OWASP Application Security Verification Standard](https://github.com/OWASP/ASVS/tree/v5.0.0/5.0) by their numbers; the words
are our own and short: read the standard for what is asked. *Met* names tests, or says by which design; *partly* and *open*
say what is missing; *not applicable* says why. It is our own account: nobody else has verified it.

"""


class Requirement(NamedTuple):
    """A row: `tests` are `path::name`, parted by white space."""

    id: str
    level: str
    about: str
    answer: str
    tests: str
    note: str

    @property
    def chapter(self) -> str:
        return self.id.split(".")[0]


def requirements() -> list[Requirement]:
    """Read the rows in their order."""
    with DATA.open(encoding="utf-8", newline="") as file:
        return [Requirement(**row) for row in csv.DictReader(file)]


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


def asvs() -> str:
    """Give the whole page: how many are answered how, then a table for each chapter."""
    rows = requirements()
    text = LEAD + _line(["level", *ANSWERS, "all"]) + _line(["---"] * 6)
    for level in ("1", "2"):
        counts = Counter(row.answer for row in rows if row.level == level)
        text += _line([level, *(str(counts[answer]) for answer in ANSWERS), str(counts.total())])
    for chapter, name in CHAPTERS.items():
        text += f"\n## {chapter} {name}\n\n" + _line(["number", "level", "about", "answer", "tests and design"]) + _line(["---"] * 5)
        for row in (row for row in rows if row.chapter == chapter):
            tests = "<br>".join(f"`{test}`" for test in row.tests.split())
            text += _line([row.id, row.level, row.about, row.answer, "<br>".join(part for part in (row.note, tests) if part)])
    return text
