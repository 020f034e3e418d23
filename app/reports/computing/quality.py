"""How complete the records are, I92 and I93: a client whose every part is there, and each part by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select, true

from app.assessments.models import Assessment
from app.clients.facts import EducationRecord, LanguageSkill, ResidenceBasis, WorkRecord
from app.clients.models import Client
from app.plans.models import Goal, IntegrationPlan, PlannedService
from app.reports.computing.courses import counted, courses_of
from app.reports.computing.question import Question
from app.reports.conditions import is_client, is_standing
from app.reports.observation import Observation, Subject
from app.reports.quality.parts import DATA, FIELD
from app.reviews.models import PlanReview

# The level of schooling that is not known.
_UNKNOWN_LEVEL = "9"
_Parts = Mapping[str, ColumnElement[bool]]


def _of_client(model: Any, *conditions: Any) -> ColumnElement[bool]:
    return exists().where(model.client_id == Client.id, *conditions)


def completeness(asked: Question) -> Iterator[Observation]:
    """Tell of each client whether every field is filled, and of each field by itself (I92)."""
    parts = {
        "FIRST_PERMIT": _of_client(ResidenceBasis, ResidenceBasis.kind != "OTHER", ResidenceBasis.granted_date <= asked.day),
        "IDENTITY": or_(Client.identity_code.is_not(None), Client.no_identity_code_reason.is_not(None)),
        "CITIZENSHIP": Client.citizenship != "",
        "MOTHER_TONGUE": Client.mother_tongue != "",
        "EDUCATION": _of_client(EducationRecord, EducationRecord.level != _UNKNOWN_LEVEL),
    }
    plans = {plan.client_id: {"PLAN_DATES": plan.is_agreed} for plan in courses_of(asked).valid_on(asked.day)}
    for key, _is_under, *found in _read(asked, parts, true()):
        yield from _told(asked.subjects[key], FIELD, {**dict(zip(parts, found, strict=True)), **plans.get(key, {})})


def duty(asked: Question) -> Iterator[Observation]:
    """Tell of each integration client and each person assessed or reviewed whether what shall be stored is there (I93). Basis: 681/2023 §§ 73.1, 76.1."""
    contacts = (Client.phone, Client.email, Client.street_address)
    parts = {
        "K73-1": or_(Client.identity_code.is_not(None), Client.no_identity_code_reason.is_not(None)),
        # Where an address may not be told, none need be kept.
        "K73-2": or_(Client.non_disclosure, *(and_(column.is_not(None), column != "") for column in contacts)),
        "K73-3": _of_client(ResidenceBasis, ResidenceBasis.granted_date <= asked.day),
        "K73-4": or_(Client.interpreter_needed.is_(False), Client.interpreter_language.is_not(None)),
        "K73-5": or_(_of_client(EducationRecord), _of_client(WorkRecord), _of_client(LanguageSkill)),
    }
    is_under = or_(_of_client(Assessment, is_standing(asked.day)), _of_client(PlanReview, PlanReview.reviewed_on <= asked.day))
    plans, held = _contents(asked), {plan.client_id: plan.id for plan in courses_of(asked).valid_on(asked.day)}
    for key, is_asked_of, *found in _read(asked, parts, is_under):
        if is_asked_of or key in held:
            yield from _told(asked.subjects[key], DATA, {**dict(zip(parts, found, strict=True)), **plans.get(held.get(key, ""), {})})


def _contents(asked: Question) -> dict[str, dict[str, bool]]:
    """Tell of each plan whether it holds goals and services."""
    has_goals, has_services = (exists().where(model.plan_id == IntegrationPlan.id) for model in (Goal, PlannedService))
    found = asked.session.execute(counted(asked, IntegrationPlan.id, has_goals, has_services))
    return {key: {"K73-6": goals, "K73-7": services} for key, goals, services in found}


def _read(asked: Question, parts: _Parts, is_under: ColumnElement[bool]) -> Iterable[Any]:
    """Give key, whether it is asked of the client without a plan, and then each part."""
    return asked.session.execute(select(Client.id, is_under, *parts.values()).where(asked.is_own(Client.org_id), is_client(asked.day)))


def _told(subject: Subject, dimension: str, told: Mapping[str, bool]) -> Iterator[Observation]:
    """Tell of a person the whole and then each part."""
    yield Observation(subject, int(all(told.values())), 1, only=("", "RESPONSIBLE"))
    for name, is_there in told.items():
        yield Observation(subject, int(bool(is_there)), 1, own=((dimension, name),), only=(dimension,))


COMPUTATIONS = {"I92": completeness, "I93": duty}
