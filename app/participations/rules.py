"""Rules of taking part; pure functions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.access.profiles import PROFILES_FOR
from app.deadlines.numbers import limit_after


@dataclass(frozen=True, kw_only=True)
class Matter:
    """An open assessment, plan or coming review that a county can be invited to; `ends_on` is a plan's last day."""

    kind: str
    row_id: str
    text: str
    ends_on: date | None = None

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.row_id}"


def state_of(*, ended_how: str | None, is_accepted: bool, valid_to: date, today: date) -> str:
    """Give the state of an invitation: what ended it, else whether it was accepted; the last day still counts."""
    if ended_how is not None:
        return "DECLINED" if ended_how == "DECLINED" else "ENDED"
    if valid_to < today:
        return "EXPIRED"
    return "ACCEPTED" if is_accepted else "INVITED"


def latest_end(matter: Matter, today: date) -> date:
    """Give the last day a county may be invited until: the plan's own end, and the house's limit at the latest.

    Basis: 681/2023 § 79.2, a right lasts no longer than is indispensable.
    """
    limit = limit_after(today, "PARTICIPATION")
    return min(limit, matter.ends_on) if matter.ends_on else limit


def broken_invitation(matter: Matter, *, profile: str, valid_to: date, today: date, is_invited_already: bool) -> list[tuple[str, str]]:
    """Give (field, rule) for each rule the invitation breaks."""
    broken = []
    if profile not in PROFILES_FOR[matter.kind]:
        broken.append(("profile", "PROFILE"))
    if valid_to < today:
        broken.append(("valid_to", "PAST"))
    elif valid_to > latest_end(matter, today):
        broken.append(("valid_to", "LATEST"))
    if is_invited_already:
        broken.append(("organisation_id", "TWICE"))
    return broken
