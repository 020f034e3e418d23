"""How complete the records are, I92 and I93: a client whose every part is there, and each part by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select

from app.assessments.models import Assessment
from app.clients.facts import EducationRecord, LanguageSkill, ResidenceBasis, WorkRecord
from app.clients.models import Client
from app.plans.models import Goal, IntegrationPlan, PlannedService
from app.reports.conditions import is_client, is_standing, is_valid_plan
from app.reports.computing.question import Question
from app.reports.observation import Observation
from app.reports.quality.parts import DATA, FIELD
from app.reviews.models import PlanReview

# The level of schooling that is not known.
_UNKNOWN_LEVEL = "9"
_Parts = Mapping[str, ColumnElement[bool]]


def _of_client(model: Any, *conditions: Any) -> ColumnElement[bool]:
    return exists().where(model.client_id == Client.id, *conditions)


def _plan(asked: Question, *conditions: Any) -> ColumnElement[bool]:
    return _of_client(IntegrationPlan, is_valid_plan(asked.day), *conditions)


def completeness(asked: Question) -> Iterator[Observation]:
    """Tell of each client whether every field is filled, and of each field by itself (I92)."""
    parts = {
        "FIRST_PERMIT": _of_client(ResidenceBasis, ResidenceBasis.kind != "OTHER", ResidenceBasis.granted_date <= asked.day),
        "IDENTITY": or_(Client.identity_code.is_not(None), Client.no_identity_code_reason.is_not(None)),
        "CITIZENSHIP": Client.citizenship != "",
        "MOTHER_TONGUE": Client.mother_tongue != "",
        "EDUCATION": _of_client(EducationRecord, EducationRecord.level != _UNKNOWN_LEVEL),
        "PLAN_DATES": _plan(asked, IntegrationPlan.agreed_on.is_not(None)),
    }
    return _told(asked, FIELD, parts, {"PLAN_DATES": _plan(asked)}, is_client(asked.day))


def duty(asked: Question) -> Iterator[Observation]:
    """Tell of each integration client and each person assessed or reviewed whether what shall be stored is there (I93). Basis: 681/2023 §§ 73.1, 76.1."""
    goals, services = (exists().where(model.plan_id == IntegrationPlan.id) for model in (Goal, PlannedService))
    contacts = (Client.phone, Client.email, Client.street_address)
    parts = {
        "K73-1": or_(Client.identity_code.is_not(None), Client.no_identity_code_reason.is_not(None)),
        # Where an address may not be told, none need be kept.
        "K73-2": or_(Client.non_disclosure, *(and_(column.is_not(None), column != "") for column in contacts)),
        "K73-3": _of_client(ResidenceBasis, ResidenceBasis.granted_date <= asked.day),
        "K73-4": or_(Client.interpreter_needed.is_(False), Client.interpreter_language.is_not(None)),
        "K73-5": or_(_of_client(EducationRecord), _of_client(WorkRecord), _of_client(LanguageSkill)),
        "K73-6": _plan(asked, goals),
        "K73-7": _plan(asked, services),
    }
    reviewed = _of_client(PlanReview, PlanReview.reviewed_on <= asked.day)
    is_under = or_(_plan(asked), _of_client(Assessment, is_standing(asked.day)), reviewed)
    return _told(asked, DATA, parts, {"K73-6": _plan(asked), "K73-7": _plan(asked)}, and_(is_client(asked.day), is_under))


def _told(asked: Question, dimension: str, parts: _Parts, of_some: _Parts, who: ColumnElement[bool]) -> Iterator[Observation]:
    """Tell of each person the whole and then each part; `of_some` gives of a part whose it is, where it is not everybody's."""
    names = [*parts, *(f"of {name}" for name in of_some)]
    columns = [one.label(name) for name, one in zip(names, (*parts.values(), *of_some.values()), strict=True)]
    for key, *found in asked.session.execute(select(Client.id, *columns).where(Client.org_id == asked.org_id, who)):
        told, subject = dict(zip(names, found, strict=True)), asked.subjects[key]
        asked_of = [name for name in parts if told.get(f"of {name}", True)]
        yield Observation(subject, int(all(told[name] for name in asked_of)), 1, only=("", "RESPONSIBLE"))
        for name in asked_of:
            yield Observation(subject, int(bool(told[name])), 1, own=((dimension, name),), only=(dimension,))


COMPUTATIONS = {"I92": completeness, "I93": duty}
