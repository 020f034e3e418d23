"""Reviews of invented plans keep the rules of reviews whatever is drawn."""

from __future__ import annotations

from datetime import date, timedelta

from app.demo.draw import Draw
from app.demo.path import PlanDates
from app.demo.reviews import Reviews
from app.demo.rows import Batch, ClientRows

TODAY = date(2026, 11, 26)


def test_a_plan_that_was_replaced_long_after_its_end_is_reviewed_to_its_end_only() -> None:
    begun, ended = date(2026, 4, 10), date(2026, 10, 7)
    dates = PlanDates("SUPERSEDED", begun, begun, ended, date(2026, 8, 28))
    for mark in range(200):
        draw = Draw(str(mark))
        found = Reviews(ClientRows(Batch(), draw, "client", "here", None), draw, "fi", TODAY).of_plan(dates, begun, TODAY)
        days = [held.on for held in found]
        assert days == sorted(set(days))
        assert all(held.on < ended or held.is_last for held in found), "only what the new plan rests on comes after the end"
        assert all(held.next - held.on > timedelta(0) for held in found)
