"""What the rules say of a brought plan, its extensions and interruptions, its goals and services.

A plan drawn up before the act in force is measured by the older act alone (681/2023 § 102.2). What a plan needs before it is agreed
(goals, services, a jobseeker's goal, education of the young) is not asked of history: it was agreed then.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from flask_babel import lazy_gettext as _l

from app.assessments.models import Assessment
from app.clients.facts import EducationRecord, ResidenceBasis
from app.clients.queries import first_permit_in
from app.clients.rules import is_minor
from app.deadlines.facts import Event
from app.deadlines.maxima import GROUNDS
from app.deadlines.numbers import number
from app.imports.laws.row import Broken, Row, Rules, in_future, is_of_older_act, told
from app.plans.facts import date_facts
from app.plans.labels import BROKEN
from app.plans.life_models import PlanInterruption
from app.plans.life_rules import ExtensionFacts, broken_child_rules, broken_end_rules, broken_extension_rules, broken_interruption_rules
from app.plans.limits import limits_of
from app.plans.models import IntegrationPlan
from app.plans.rules import IN_FORCE, broken_date_rules, broken_telling_rules
from app.services.labels import BROKEN as SERVICE_BROKEN
from app.services.queries import is_upper_secondary
from app.services.rules import is_closed_to

_DATES = ("drawn_up_date", "valid_from", "valid_to", "planned_review_date")
_PAST = ("agreed_on", "rights_explained_on", "child_heard_on", "reviewed_on", "studies_only_from")
# The states of a plan whose last day is still as it was agreed; of the others its extensions tell.
_AS_AGREED = ("DRAFT", "AGREED", "IN_FORCE")
# The numbers of the act in force, which plans of the older act were not drawn up by.
_OF_THIS_ACT = frozenset({"V1", "V3", "V4", "V8"})
PLAN = Rules(
    {
        **BROKEN,
        "R30": _l("By the older act plans may last to %(end)s at most: three years from the first plan (act 1386/2010, section 12)."),
        "R30_EXTENDED": _l("By the older act an extension lets plans last to %(end)s at most: two years more (act 1386/2010, section 12)."),
        "TWO_IN_FORCE": _l("Another plan of the client is in force. A plan that comes into force takes the place of the one before."),
        "NOT_ENDED": _l("The plan has ended, but its last day is still to come. Give the day it ended."),
        "NOT_BEGUN": _l("The plan is in force, but its first day is still to come."),
        "OPEN_INTERRUPTION": _l("The interruption goes on, but the plan is not interrupted. Give the last day, as it is counted in the time plans may last (section 23)."),
    },
    warns=frozenset({
        "V1", "V2", "R30", "R30_EXTENDED", "V3", "V4", "V8", "CHILD", "GUIDANCE", "EMPLOYMENT_PLAN", "NO_INTERRUPTION", "NOT_NEEDED", "DECIDED", "R10", "R11", "R12", "R13", "R13_AGE",
        "R13_JOBSEEKER",
    }),
    unasked=frozenset({"GOAL", "SERVICE", "V5", "V6", "V7", "LONGER", "R14_STUDIES", "R14_JOBSEEKER", "R14_AGE", "R14_EARLY", "KELA", "DRAWN_UP"}),
)  # fmt: skip


def of_plan(row: Row) -> Iterator[Broken]:
    """Its days against the client's other plans; costs the plans, extensions, interruptions and permits of a stored client once each."""
    plan, today = row.item, row.today
    assessment = row.of(Assessment, plan.assessment_id)
    facts = date_facts(
        plan, {name: getattr(plan, name) for name in _DATES}, client=row.client, course=row.bundle.course(row.session),
        first_permit=first_permit_in(row.rows(ResidenceBasis)), completed_on=(assessment.completed_on or date.max) if assessment else None, today=today,
    )  # fmt: skip
    found: list[tuple[str | None, str]] = [(field, _by_act(plan, rule)) for field, rule in broken_date_rules(facts) if _is_asked(plan, rule)]
    found += in_future(plan, _PAST if plan.status == "DRAFT" else ("drawn_up_date", *_PAST), today)
    yield from PLAN.told([*found, *_standing(row), *_child(row), *_ending(plan, today)], end=facts.latest_end)


def _is_asked(plan: IntegrationPlan, rule: str) -> bool:
    if rule in _OF_THIS_ACT and is_of_older_act(plan.drawn_up_date):
        return False
    return rule not in ("V1", "V2") or plan.status in _AS_AGREED


def _by_act(plan: IntegrationPlan, rule: str) -> str:
    return "R30" if rule == "V2" and is_of_older_act(plan.drawn_up_date) and not plan.reviewed_on else rule


def _standing(row: Row) -> Iterator[tuple[str | None, str]]:
    plan, today = row.item, row.today
    if plan.status in IN_FORCE:
        if plan.valid_from > today:
            yield "valid_from", "NOT_BEGUN"
        if any(other.status in IN_FORCE for other in row.others(IntegrationPlan)):
            yield "status", "TWO_IN_FORCE"
    if plan.status == "ENDED" and not plan.ended_on and plan.valid_to > today:
        yield "ended_on", "NOT_ENDED"


def _child(row: Row) -> list[tuple[str | None, str]]:
    plan = row.item
    is_child = plan.status != "DRAFT" and is_minor(row.client.birth_date, plan.drawn_up_date)
    return broken_child_rules(is_child=is_child, heard_on=plan.child_heard_on, view=plan.child_view, not_heard_reason=plan.child_not_heard_reason)


def _ending(plan: IntegrationPlan, today: date) -> list[tuple[str | None, str]]:
    found: list[tuple[str | None, str]] = []
    if plan.ended_on:
        found += broken_end_rules(
            ended_on=plan.ended_on, plan_from=plan.valid_from, today=today, reason=plan.end_reason or "OTHER", guidance=plan.onward_guidance, status=plan.status,
            employment_plan_on=plan.employment_plan_on,
        )  # fmt: skip
    elif plan.employment_plan_on and plan.employment_plan_on > today:
        found.append(("employment_plan_on", "FUTURE"))
    if plan.kela_told_on:
        # Whether the client received the allowance then is not known from what the client does now.
        found += broken_telling_rules(told_on=plan.kela_told_on, agreed_on=plan.agreed_on, today=today, is_due=True)
    return found


def of_extension(row: Row) -> Iterator[Broken]:
    """Whether its ground and the client's other plans let it last so long. Whether the client sought work then is not known, so it is not asked."""
    item, today = row.item, row.today
    plan = row.of(IntegrationPlan, item.plan_id)
    if item.extended_to <= item.extended_from:
        yield from PLAN.told([("extended_to", "ORDER")])
    course = row.bundle.course(row.session)
    events = [event for event in course.events if (event.type, event.on, event.plan) != ("PLAN_EXTENDED", item.decided_on, plan.ordinal)]
    asked = Event(type="PLAN_EXTENDED", on=item.decided_on, to=item.extended_to, ground=item.ground, plan=plan.ordinal)
    before, after = limits_of(row.client.birth_date, events, today), limits_of(row.client.birth_date, [*events, asked], today)
    if before is None or after is None:
        return
    is_first = min((event for event in events if event.type == "PLAN_DRAWN_UP"), key=lambda event: event.on).plan == plan.ordinal
    facts = ExtensionFacts(
        ground=item.ground, extended_to=item.extended_to, decided_on=item.decided_on, today=today, drawn_up_date=plan.drawn_up_date, valid_to=item.extended_from,
        first_end=before.first_end if is_first else None, end_before=before.end, end_with=after.end, is_jobseeker=True,
        has_interruption=GROUNDS.get(item.ground) is not None or is_of_older_act(plan.drawn_up_date) or any(event.type == "INTERRUPTION" for event in events),
    )  # fmt: skip
    found = broken_extension_rules(facts)
    if item.decided_on > today:
        found = [("decided_on", "FUTURE"), *(one for one in found if one != ("decided_on", "DECIDED"))]
    if after.total.rule.startswith("R30"):
        found = [(field, "R30_EXTENDED" if rule in GROUNDS.values() or rule == "R12" else rule) for field, rule in found]
    yield from PLAN.told(found, before=before.end, end=after.end)


def of_interruption(row: Row) -> Iterator[Broken]:
    """Its days within the plan and after the interruptions before it."""
    item, today = row.item, row.today
    plan = row.of(IntegrationPlan, item.plan_id)
    ends = [one.ends_on for one in row.others(PlanInterruption) if one.plan_id == plan.id and one.ends_on and one.starts_on <= item.starts_on]
    previous = max(ends, default=None)
    found = broken_interruption_rules(starts_on=item.starts_on, ends_on=item.ends_on, plan_from=plan.valid_from, previous_end=previous, today=today)
    if item.ends_on is None and plan.status != "INTERRUPTED":
        found.append(("ends_on", "OPEN_INTERRUPTION"))
    yield from PLAN.told(found, **({"previous": previous} if previous else {}))


def of_service(row: Row) -> Iterator[Broken]:
    """Its days, whether its plan lets it have begun, and who integration training is for. Its justification is asked of the record (V5)."""
    item = row.item
    plan = row.of(IntegrationPlan, item.plan_id)
    if item.starts_on and item.ends_on and item.ends_on < item.starts_on:
        yield from PLAN.told([("ends_on", "ORDER")])
    if plan.status == "DRAFT" and item.status != "PLANNED":
        yield Broken("status", "PLAN", SERVICE_BROKEN["PLAN"], stops=True)
    begins = item.starts_on or plan.drawn_up_date
    if is_closed_to(item.service_type, row.client.birth_date, begins, has_upper_secondary=False) and not any(map(is_upper_secondary, row.rows(EducationRecord))):
        yield Broken("service_type", "V12", told(SERVICE_BROKEN["V12"], {"age": number("COMPULSORY_EDUCATION_AGE", begins).amount}), stops=False)

