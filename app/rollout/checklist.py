"""What the act demands of a municipality when it takes the system into use, by when, and whether it is done."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.access.roles import SEES_CLIENTS
from app.core.statute import in_words
from app.deadlines.numbers import limit_after, number
from app.rollout.rules import Progress
from app.rollout.stages import Stage

_ACT = "681/2023"


@dataclass(frozen=True)
class Demand:
    """A demand: its section, its last day if it has one, whether it is done (None where nobody can tell), and where to look."""

    text: str
    section: str
    due: date | None
    is_done: bool | None
    url: str | None = None


def last_day(on: date) -> date:
    """Give the day from which the system must be used, as the act in force says. Basis: 681/2023 §§ 74.2, 102.3–4."""
    return limit_after(number("R27", on).valid_from, "R27")


def demands(one: Progress, roles: Collection[str], on: date) -> list[Demand]:
    """Give the demands on a municipality in the order they are met; `roles` are those that somebody holds a right to."""
    last = last_day(on)
    found = [
        Demand(_("Somebody applies for and decides rights here."), f"{_ACT} § 80.1", last, "ACCESS_ADMIN" in roles, url_for("MyRightsView.mine")),
        Demand(_("Each user has a personal right for the task."), f"{_ACT} §§ 79.2, 80.1", last, bool(SEES_CLIENTS & set(roles))),
        Demand(_("Somebody examines what the log shows."), f"{_ACT} § 79.3", last, "LOG_AUDITOR" in roles),
    ]
    if Stage.MOVED in one.steps:
        found.append(Demand(_("The clients of the old system are moved and the certificate is signed."), f"{_ACT} §§ 74.2, 76.1", last, Stage.MOVED in one.reached))
    found += [
        Demand(_("The client system is used in integration work."), f"{_ACT} §§ 74.2, 102.3–4", last, one.is_in_use(on)),
        Demand(_("The data of each integration client are in the national data resource, those of jobseekers too."), f"{_ACT} § 76.1", last, None, url_for("ReportView.show", indicator="I93")),
    ]
    if Stage.OLD_CLOSED in one.steps:
        found.append(Demand(_("The old system is closed, and what it holds is deleted in time."), f"{_ACT} § 77", None, Stage.OLD_CLOSED in one.reached))
    return found


def shown_demands(found: list[Demand], *, day: Any) -> list[dict[str, Any]]:
    """Give the demands as the task list of a page; `day` writes a day in the reader's language."""
    states = {True: (_("Done"), "success"), False: (_("Not yet"), "warning"), None: (_("See the figure"), "neutral")}
    return [
        {
            "label": one.text, "url": one.url, "status": states[one.is_done][0], "kind": states[one.is_done][1],
            "hint": _("%(section)s, by %(day)s", section=in_words(one.section), day=day(one.due)) if one.due else in_words(one.section),
        }
        for one in found
    ]  # fmt: skip
