"""What the rules say of a brought review and what it found. That it came late, or the next one is late, is history and told by the time limits."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import lazy_gettext as _l

from app.deadlines.numbers import limit_after
from app.imports.laws.row import Broken, Row, Rules, is_of_older_act
from app.plans.models import Goal, IntegrationPlan
from app.reviews.labels import BROKEN
from app.reviews.models import Hindrance, PlanReview, ReviewedGoal
from app.reviews.rules import ReviewFacts, broken_review_rules

REVIEW = Rules(
    {
        **BROKEN, "TWICE": _l("The plan was reviewed on the same day already."),
        "OTHER_PLAN": _l("The goal belongs to another plan than the review."), "SAME": _l("The review holds this already."),
        "NOT_AGREED": _l("The plan is a draft, which is not reviewed."),
    },
    # A review may be brought after one that was held later, and a plan that ended says nothing of its next review.
    warns=frozenset({"V8", "END", "REASON"}), unasked=frozenset({"PREVIOUS"}),
)  # fmt: skip


def of_review(row: Row) -> Iterator[Broken]:
    """Its days within the plan; costs the reviews of a stored client once."""
    item, plan = row.item, row.of(IntegrationPlan, row.item.plan_id)
    facts = ReviewFacts(
        reviewed_on=item.reviewed_on, today=row.today, begins_on=plan.agreed_on or plan.drawn_up_date, ends_on=plan.valid_to, previous_on=None,
        initiator=item.initiator, reason=item.reason, next_review_date=item.next_review_date,
    )  # fmt: skip
    found: list[tuple[str | None, str]] = [*broken_review_rules(facts)]
    if is_of_older_act(item.reviewed_on):
        # A review held under the older act is not measured by the six months of the act in force.
        found = [one for one in found if one[1] not in ("V8", "END")]
    if any(other.plan_id == plan.id and other.reviewed_on == item.reviewed_on for other in row.others(PlanReview)):
        found.append(("reviewed_on", "TWICE"))
    if plan.status == "DRAFT":
        found.append(("plan_id", "NOT_AGREED"))
    yield from REVIEW.told(found, begins=facts.begins_on, limit=limit_after(item.reviewed_on, "R07"), end=facts.ends_on)


def of_reviewed_goal(row: Row) -> Iterator[Broken]:
    """One result for each goal of the plan that was reviewed; costs the results of a stored client once."""
    item, review, goal = row.item, row.of(PlanReview, row.item.review_id), row.of(Goal, row.item.goal_id)
    if goal.plan_id != review.plan_id:
        yield from REVIEW.told([("goal_id", "OTHER_PLAN")])
    if any((other.review_id, other.goal_id) == (item.review_id, item.goal_id) for other in row.others(ReviewedGoal)):
        yield from REVIEW.told([("goal_id", "SAME")])


def of_hindrance(row: Row) -> Iterator[Broken]:
    """Each factor once in a review; costs the factors of a stored client once."""
    item = row.item
    if any((other.review_id, other.hindrance) == (item.review_id, item.hindrance) for other in row.others(Hindrance)):
        yield from REVIEW.told([("hindrance", "SAME")])
