"""Whose plan was in force on which days: integration clients. Basis: 681/2023 § 5 item 5."""

from __future__ import annotations

from datetime import date

from app.reports.computing.courses import courses_of
from app.reports.computing.question import Question


def plan_clients(asked: Question, first: date) -> set[str]:
    """Give who had a plan in force on any day from the first to the one asked of; one statement."""
    held = (plan for plan in courses_of(asked) if plan.holds_within(first, asked.day))
    return {plan.client_id for plan in held if plan.client_id in asked.subjects}
