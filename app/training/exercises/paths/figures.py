"""Analyst: figures taken out with their purpose, broken down, over time, on paper, and subscribed to (§ 72.1)."""

from __future__ import annotations

from app.reports.subscriptions.models import ReportSubscription
from app.training.exercises.exercise import Exercise
from app.training.exercises.steps import Rule, criteria, deed

_ANALYST, _REPORTS = ("ANALYST",), "/reports/"
_PURPOSE = ("OTHER_PURPOSE_OF_FIGURES", lambda held: held.get("purpose") != "OTHER")

EXERCISES = (
    Exercise("X50", _ANALYST, "72.1", _REPORTS, (
        criteria("EXPORTED", "report:exported", ("ON_PAPER", lambda held: held.get("form") != "pdf"), _PURPOSE),
    )),
    Exercise("X51", _ANALYST, "72.1", _REPORTS, (
        criteria("EXPORTED_BY_GROUPS", "report:exported", ("NO_GROUPS", lambda held: held.get("by", "-") != "-"), _PURPOSE),
    )),
    Exercise("X52", _ANALYST, "56", _REPORTS, (
        criteria("EXPORTED_OVER_TIME", "report:exported", ("ONE_PERIOD", lambda held: ".." in held.get("period", "")), _PURPOSE),
    )),
    Exercise("X53", _ANALYST, "72.1", _REPORTS, (
        criteria("QUARTER_PRINTED", "report:exported", ("NOT_THE_QUARTER", lambda held: held.get("indicator") == "QUARTERLY"), _PURPOSE),
    )),
    Exercise("X54", _ANALYST, "72.1", "/report-subscriptions/list/", (
        deed("SUBSCRIBED", "report_subscription:added", ReportSubscription, Rule("EACH_MONTH", lambda _found, row: row.every == "QUARTER"), key="id"),
    )),
)  # fmt: skip
