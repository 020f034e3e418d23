"""Ask the rules of the features of a brought row, with what is history in mind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from app.imports.laws import of_plans, of_reviews, of_talks
from app.imports.laws.bundle import bundle_of
from app.imports.laws.row import Broken, Row
from app.imports.laws.standing import AGREEMENTS, disagreements

STANDING = {
    "STATE_NEEDS": _l("The state of the row needs this field. Fill it in, or bring another state."),
    "STATE_ONLY": _l("This field does not agree with the state of the row. Empty it, or bring another state."),
}  # fmt: skip

# Entity → what asks its rules. A test holds this and the list below to the catalogue.
RULES_OF: Mapping[str, Callable[[Row], Iterator[Broken]]] = {
    "consent": of_talks.of_consent,
    "integration_plan": of_plans.of_plan, "plan_extension": of_plans.of_extension, "plan_interruption": of_plans.of_interruption,
    "planned_service": of_plans.of_service,
    "plan_review": of_reviews.of_review, "reviewed_goal": of_reviews.of_reviewed_goal, "hindrance": of_reviews.of_hindrance,
}  # fmt: skip


def broken_laws(session: Session, entity: str, item: Any, *, today: date) -> list[Broken]:
    """Give what a derived row breaks; a row that is stopped is not known to the rows after it. Costs at most what the entity's function says."""
    row = Row(session, item, today)
    found = [*_disagreements(entity, item), *RULES_OF.get(entity, _nothing)(row)]
    if any(one.stops for one in found):
        bundle_of(session, item.id if entity == "client" else item.client_id).drop(item)
    return found


def _nothing(row: Row) -> Iterator[Broken]:
    return iter(())


def _disagreements(entity: str, item: Any) -> Iterator[Broken]:
    agreed = AGREEMENTS.get(entity, ())
    filled = {one.field for one in agreed if getattr(item, one.field) is not None}
    for field, rule, stops in disagreements(agreed, item.status, filled) if agreed else ():
        yield Broken(field, rule, STANDING[rule], stops=stops)
