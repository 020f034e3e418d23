"""Which rules a brought row can break, and what is said of each, without a row at hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from app.imports.laws import of_assessments, of_clients, of_plans, of_reviews, of_services, of_talks
from app.imports.laws.row import STANDING, Rules
from app.imports.laws.settle import SETTLED

# A test holds these to what the modules of the features declare.
RULES: tuple[Rules, ...] = (
    of_clients.CLIENT, of_clients.CHILD, of_clients.STATUS, of_talks.CONSENT, of_talks.CONTACT, of_talks.GUIDANCE, of_talks.APPOINTMENT,
    of_assessments.ASSESSMENT_RULES, of_plans.PLAN, of_services.SERVICE, of_reviews.REVIEW,
)  # fmt: skip
_SAID = re.compile(r"%\(\w+\)[sd]")


def sentences_of_laws() -> dict[str, str]:
    """Give the first sentence of each rule, in the language in force. Features may share a name for rules of their own: all that it says stands one after another."""
    found: dict[str, list[str]] = {}
    for rule, text in _texts():
        found.setdefault(rule, []).append(_SAID.sub("…", str(text)).partition(". ")[0].rstrip("."))
    return {rule: " / ".join(dict.fromkeys(texts)) for rule, texts in found.items()}


def _texts() -> Iterator[tuple[str, Any]]:
    yield from STANDING.items()
    yield from SETTLED.items()
    for one in RULES:
        yield from ((rule, text) for rule, text in one.texts.items() if rule not in one.unasked)
