"""Plans of invented clients at every status, with goals and services that pass the rules of an agreed plan."""

from __future__ import annotations

from datetime import date, timedelta

from app.clients.models import Client
from app.clients.rules import age_on
from app.deadlines.numbers import limit_after, number
from app.demo.draw import Draw
from app.demo.facts import Skills
from app.demo.families import Person
from app.demo.participations import Participations
from app.demo.path import Path, PlanDates
from app.demo.plan_lives import Lives
from app.demo.reviews import Reviews
from app.demo.rows import ClientRows
from app.demo.services import add_services
from app.demo.source import texts
from app.demo.workers import Worker
from app.plans.models import Goal, IntegrationPlan
from app.plans.rules import PlanFacts, broken_agreement_rules, broken_date_rules

_NOT_AGREED = ("DRAFT", "ANNULLED")
_MORE_GOALS = "LANGUAGE:5 SOCIETY:3 WORK_READINESS:2 EVERYDAY:1 WELLBEING:1 OTHER_EDUCATION:1"


def add_plans(rows: ClientRows, draw: Draw, client: Client, person: Person, path: Path, skills: Skills, assessment_id: str | None,
              worker: Worker | None, reviews: Reviews, participations: Participations, lives: Lives, on: date) -> None:  # fmt: skip
    """Add the plans of the client's way with their reviews; raises ValueError when a rule of people's entries would refuse one."""
    first: date | None = None
    for ordinal, dates in enumerate(path.plans, start=1):
        _check_dates(path, dates, client, first)
        first = first or (None if dates.status in _NOT_AGREED else dates.drawn_up)
        replaced_on = path.plans[ordinal].drawn_up if dates.status == "SUPERSEDED" else None
        _add_plan(rows, draw, client, person, skills, dates, ordinal, assessment_id, worker, reviews, participations, lives, replaced_on, on)


def _check_dates(path: Path, dates: PlanDates, client: Client, first: date | None) -> None:
    facts = PlanFacts(
        drawn_up_date=dates.drawn_up, valid_from=dates.valid_from, valid_to=dates.valid_to, planned_review_date=dates.review,
        assessment_completed_on=path.completed or date.max, first_end=None if first else limit_after(dates.drawn_up, "R08"),
        latest_end=dates.valid_to if dates.extended_from else limit_after(first or dates.drawn_up, "R09"), first_permit_date=path.granted,
        trafficking_victim=client.trafficking_victim,
    )  # fmt: skip
    if broken := broken_date_rules(facts):
        raise ValueError(f"the invented plan breaks {broken}")


def _add_plan(rows: ClientRows, draw: Draw, client: Client, person: Person, skills: Skills, dates: PlanDates, ordinal: int,
              assessment_id: str | None, worker: Worker | None, reviews: Reviews, participations: Participations, lives: Lives,
              replaced_on: date | None, on: date) -> None:  # fmt: skip
    written = "sv" if person.language == "sv" else "fi"
    age = age_on(person.birth_date, dates.drawn_up)
    is_agreed = dates.status not in _NOT_AGREED
    goals, reason = _goals(draw, client, skills, age, dates.drawn_up)
    if not is_agreed and draw.chance(0.2):
        goals = goals[:1]
    office = f"{person.home.name_sv}, integrationstjänsterna" if written == "sv" else f"{person.home.name_fi}, kotoutumispalvelut"
    agreed = min(on, dates.drawn_up + timedelta(days=draw.number(0, 3)), max(dates.drawn_up, dates.valid_from)) if is_agreed else None
    held, authors = reviews.of_plan(dates, agreed, replaced_on), f"{office}, {worker.name}" if worker else office
    course = lives.columns(dates, person.birth_date, agreed)
    key = rows.add(
        IntegrationPlan, dates.drawn_up, assessment_id=assessment_id, ordinal=ordinal, status=dates.status, drawn_up_date=dates.drawn_up,
        valid_from=dates.valid_from, valid_to=dates.valid_to, planned_review_date=held[-1].next if held else dates.review,
        follow_up=draw.one(texts("follow_up", written)), no_education_goal_reason=draw.one(texts("no_education_goal", written)) if reason else None,
        training_recommendation=draw.one(texts("recommendation", written)) if draw.chance(0.7) else None,
        authors=authors, rights_explained_on=agreed, agreed_on=agreed,
        agreement_method=draw.of("SIGNATURE:6 ELECTRONIC:3 ORAL:1") if is_agreed else None, reviewed_on=held[-1].on if held else None, **course,
    )  # fmt: skip
    goal_ids = []
    for place, goal in enumerate(goals):
        text = draw.one(texts(f"goal:{goal}", written)).format(occupation=skills.occupation or ("kokki" if written == "fi" else "kock"))
        goal_ids.append(rows.add(
            Goal, dates.drawn_up, plan_id=key, horizon="LONG_TERM" if place == 0 and len(goals) > 1 else "PLAN_PERIOD", goal_type=goal,
            description=text, own_words=draw.one(texts("own_words", written)) if draw.chance(0.4) else None, result=lives.result(course.get("end_reason")),
        ))  # fmt: skip
    justifications = add_services(rows, draw, client, dates, key, goals, age, written, on, agreed, participations)
    broken = broken_agreement_rules(
        goal_types=goals, justifications=justifications, is_jobseeker=client.employment_status in ("UNEMPLOYED_JS", "JOBSEEKER"),
        age=age, on=dates.drawn_up, education_goal_reason="x" if reason else None,
    ) if is_agreed else []  # fmt: skip
    if broken:
        raise ValueError(f"the invented plan may not be agreed: {broken}")
    reviews.add(held, key, goal_ids, authors)
    lives.add(dates, key, authors)


def _goals(draw: Draw, client: Client, skills: Skills, age: int, on: date) -> tuple[list[str], bool]:
    """Give goal types, and whether a reason for having no education goal stands in their place (§ 18.4)."""
    is_young, found = age < number("EDUCATION_GOAL_AGE", on).amount, []
    has_reason = is_young and age >= 18 and draw.chance(0.15)
    if is_young and not has_reason:
        found.append("UPPER_SECONDARY")
    if client.employment_status in ("UNEMPLOYED_JS", "JOBSEEKER"):
        found.append(draw.of("EMPLOYMENT:9 ENTREPRENEURSHIP:1"))
    elif age >= 18 and draw.chance(0.5):
        found.append(draw.of("EMPLOYMENT:5 WORK_READINESS:4"))
    found.append("LANGUAGE" if skills.is_literate else "LITERACY")
    if draw.chance(0.6):
        found.append(draw.of(_MORE_GOALS))
    return list(dict.fromkeys(found)), has_reason
