"""Rules of the review of a plan; each gives the name of what is broken, the views give the sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.deadlines.numbers import limit_after


@dataclass(frozen=True, kw_only=True)
class ReviewFacts:
    """What the rules need to know; `begins_on` is the day the plan was agreed or, failing that, drawn up."""

    reviewed_on: date
    today: date
    begins_on: date
    ends_on: date
    previous_on: date | None
    initiator: str
    reason: str | None
    next_review_date: date


def latest_next_review(reviewed_on: date, ends_on: date) -> date:
    """Give the last day for the next review: within six months, and at the plan's end at the latest.

    A plan that has ended has no later day of its own, so the six months alone bind. Basis: 681/2023 § 22.1.
    """
    limit = limit_after(reviewed_on, "R07")
    return min(limit, ends_on) if reviewed_on < ends_on else limit


def broken_review_rules(facts: ReviewFacts) -> list[tuple[str, str]]:
    """Give (field, rule) for each rule the review breaks. V8 and END: 681/2023 § 22.1; REASON: § 22.2.

    The next review is measured from this one, so its rules wait until the day of this one stands.
    """
    broken = []
    if facts.reviewed_on > facts.today:
        broken.append(("reviewed_on", "FUTURE"))
    if facts.reviewed_on < facts.begins_on:
        broken.append(("reviewed_on", "EARLY"))
    elif facts.previous_on and facts.reviewed_on <= facts.previous_on:
        broken.append(("reviewed_on", "PREVIOUS"))
    if not broken and (rule := _broken_next(facts)):
        broken.append(("next_review_date", rule))
    if facts.initiator != "TIME" and not facts.reason:
        broken.append(("reason", "REASON"))
    return broken


def _broken_next(facts: ReviewFacts) -> str | None:
    if facts.next_review_date <= facts.reviewed_on:
        return "ORDER"
    if facts.next_review_date > limit_after(facts.reviewed_on, "R07"):
        return "V8"
    return "END" if facts.reviewed_on < facts.ends_on < facts.next_review_date else None
