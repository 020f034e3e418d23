"""What the rules say of a brought assessment and its parts.

An initial mapping of the older act is measured by its days alone. What the interview lacked is not asked: its sections come after the assessment.
"""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import LazyString, lazy_gettext as _l

from app.assessments.labels import ASSESSMENT, BROKEN
from app.assessments.models import Assessment, AssessmentGround, InterviewSection
from app.assessments.rules import (
    DUTIES_TO_INFORM, VICTIM, Beginning, Completion, broken_beginning_rules, broken_completion_rules, broken_end, broken_measure_rules,
    broken_meeting_rules, is_too_old, missing_duties,
)  # fmt: skip
from app.clients.facts import ResidenceBasis
from app.clients.queries import first_permit_in
from app.deadlines.numbers import limit_after, number
from app.imports.laws.row import Broken, Row, Rules, in_future, is_of_older_act
from app.participations.models import Participation

_OF_THIS_ACT = frozenset({"AGE", "WINDOW", "LATE_REASON", "NOT_LATE", "CHANNEL", "DUTIES", "PLAN_DAY", "PLAN_EARLY", "GUIDANCE"})
ASSESSMENT_RULES = Rules(
    {**BROKEN, "SAME": _l("The assessment holds this already.")},
    warns=_OF_THIS_ACT | {"RESULT", "MEASURES", "COUNTY"}, unasked=frozenset({"SECTIONS", "NOT_A_CHILD"}),
)  # fmt: skip


def of_assessment(row: Row) -> Iterator[Broken]:
    """Its days, its beginning within the three years, and what was told; costs the permits of a stored client once."""
    item, today = row.item, row.today
    permit = first_permit_in(row.rows(ResidenceBasis))
    facts = Beginning(
        grounds=frozenset({item.ground, *([VICTIM] if row.client.trafficking_victim else [])}), started_on=item.started_on, birth_date=row.client.birth_date,
        window_ends_on=limit_after(permit, "R03") if permit else None, over_three_years_reason=item.over_three_years_reason,
    )  # fmt: skip
    found: list[tuple[str | None, str]] = [*broken_meeting_rules(
        started_on=item.started_on, known_on=item.known_on, channel=item.channel or "OFFICE", channel_reason=item.channel_reason, today=today,
    )]  # fmt: skip
    found += [*broken_beginning_rules(facts), *in_future(item, DUTIES_TO_INFORM, today), *_ended(row)]
    if is_of_older_act(item.started_on):
        found = [one for one in found if one[1] not in _OF_THIS_ACT]
    lacking = missing_duties({name: getattr(item, name) for name in DUTIES_TO_INFORM})
    duties = LazyString(lambda: ", ".join(str(ASSESSMENT[name]) for name in lacking))
    age = number("R16", item.started_on).amount
    yield from ASSESSMENT_RULES.told(found, age=age, duties=duties, **({"day": facts.window_ends_on} if facts.window_ends_on else {}))


def _ended(row: Row) -> list[tuple[str | None, str]]:
    item, today = row.item, row.today
    if item.cancelled_on and (rule := broken_end(item.cancelled_on, item.started_on, today)):
        return [("cancelled_on", rule)]
    if not (item.completed_on and item.outcome):
        return []
    if item.skipped_reason:
        # An assessment that was left undone has no interview (§ 14.5).
        rule = broken_end(item.completed_on, item.started_on, today)
        return [("completed_on", rule)] if rule else []
    return broken_completion_rules(Completion(
        today=today, started_on=item.started_on, completed_on=item.completed_on, outcome=item.outcome, plan_planned_on=item.plan_planned_on,
        guided_to=item.guided_to, missing_sections=[], missing_duties=missing_duties({name: getattr(item, name) for name in DUTIES_TO_INFORM}),
    ))  # fmt: skip


def of_ground(row: Row) -> Iterator[Broken]:
    """Each ground once, and a child's of a child; costs the grounds of a stored client once."""
    item, assessment = row.item, row.of(Assessment, row.item.assessment_id)
    taken = {other.ground for other in row.others(AssessmentGround) if other.assessment_id == assessment.id}
    found: list[tuple[str | None, str]] = [("ground", "SAME")] if item.ground in taken else []
    if is_too_old({item.ground}, row.client.birth_date, assessment.started_on) and not is_of_older_act(assessment.started_on):
        found.append(("ground", "AGE"))
    yield from ASSESSMENT_RULES.told(found, age=number("R16", assessment.started_on).amount)


def of_section(row: Row) -> Iterator[Broken]:
    """Each section once; costs the sections of a stored client once."""
    item = row.item
    taken = {other.section for other in row.others(InterviewSection) if other.assessment_id == item.assessment_id}
    yield from ASSESSMENT_RULES.told([("section", "SAME")] if item.section in taken else [])


def of_measure(row: Row) -> Iterator[Broken]:
    """Its days and its result; costs nothing."""
    item, assessment = row.item, row.of(Assessment, row.item.assessment_id)
    found: list[tuple[str | None, str]] = [*broken_measure_rules(
        ordered_on=item.ordered_on, done_on=item.done_on, result=item.result, called_off=item.called_off_reason, started_on=assessment.started_on, today=row.today,
    )]  # fmt: skip
    if item.is_open and assessment.status == "COMPLETED":
        found.append(("done_on", "MEASURES"))
    yield from ASSESSMENT_RULES.told(found)


def of_restricted(row: Row) -> Iterator[Broken]:
    """Needs of health without a county that takes part; costs the participations of a stored client once."""
    item = row.item
    takes_part = item.section != "HEALTH_NEEDS" or any(
        one.assessment_id == item.assessment_id and one.accepted_at is not None and one.ended_at is None for one in row.rows(Participation)
    )
    yield from ASSESSMENT_RULES.told([] if takes_part else [("section", "COUNTY")])
