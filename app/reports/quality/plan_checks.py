"""What must never be of assessments, plans and services."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, exists, func, or_, select

from app.assessments.models import Assessment
from app.clients.models import Client
from app.obligations.models import ClientObligation
from app.plans.models import Goal, IntegrationPlan, PlannedService
from app.plans.rules import IN_FORCE
from app.reports.quality.check import Check
from app.services.models import ServiceInterruption, ServiceParticipation

_plan, _assessment, _limit = IntegrationPlan, Assessment, ClientObligation
_plans = select(_plan.org_id)
# The last day of all of a client's plans, with what extends it.
_maximum = (
    select(func.max(_limit.due_on))
    .where(_limit.client_id == _plan.client_id, _limit.rule.in_(("R09", "R10", "R11", "R12", "R13")))
    .scalar_subquery()
)
_BINDING = (*IN_FORCE, "AGREED")


def _without(model: Any) -> Select[Any]:
    return _plans.where(_plan.status.in_(_BINDING), ~exists().where(model.plan_id == _plan.id))


CHECKS = (
    Check(key="assessment_ends_before_begins", place="AssessmentView", owner="CASEWORKER", fi="Arviointi on valmistunut ennen kuin se on aloitettu.", sv="Bedömningen har slutförts innan den har inletts.",
          rows=lambda today: select(_assessment.org_id).where(_assessment.completed_on < _assessment.started_on)),
    Check(key="assessment_without_outcome", place="AssessmentView", owner="CASEWORKER", fi="Valmiista arvioinnista puuttuu valmistumispäivä tai lopputulos.",
          sv="Dagen för slutförandet eller resultatet saknas i en slutförd bedömning.",
          rows=lambda today: select(_assessment.org_id).where(
              _assessment.status == "COMPLETED", or_(_assessment.completed_on.is_(None), _assessment.outcome.is_(None)))),
    Check(key="plan_of_ended_client", place="PlanView", owner="CASEWORKER", fi="Suunnitelma on voimassa, vaikka asiakkuus on päättynyt.", sv="Planen är i kraft trots att kundrelationen har upphört.",
          rows=lambda today: _plans.join(Client, Client.id == _plan.client_id).where(_plan.status.in_(IN_FORCE), Client.relationship_ended <= today, Client.archived_on.is_(None))),
    Check(key="two_plans_in_force", place="PlanView", owner="CASEWORKER", fi="Asiakkaalla on kaksi voimassa olevaa suunnitelmaa.", sv="Kunden har två planer i kraft.",
          rows=lambda today: _plans.where(_plan.status.in_(IN_FORCE)).group_by(_plan.org_id, _plan.client_id).having(func.count() > 1)),
    Check(key="plan_ends_before_begins", place="PlanView", owner="CASEWORKER", fi="Suunnitelma päättyy ennen kuin se alkaa.", sv="Planen upphör innan den börjar.",
          rows=lambda today: _plans.where(or_(_plan.valid_to <= _plan.valid_from, _plan.ended_on < _plan.drawn_up_date))),
    Check(key="plan_past_its_end", place="PlanView", owner="CASEWORKER", fi="Suunnitelman viimeinen päivä on ohi, mutta suunnitelmaa ei ole päätetty.",
          sv="Planens sista dag har passerat men planen har inte avslutats.",
          rows=lambda today: _plans.where(_plan.status.in_(("IN_FORCE", "EXTENDED")), _plan.valid_to < today)),
    Check(key="plan_beyond_maximum", place="PlanView", owner="CASEWORKER", fi="Suunnitelma on voimassa pidempään kuin sen enimmäiskesto.", sv="Planen gäller längre än den längsta tillåtna tiden.",
          rows=lambda today: _plans.where(_plan.status.in_(("IN_FORCE", "EXTENDED")), _plan.valid_to > _maximum)),
    Check(key="plan_before_assessment", place="PlanView", owner="CASEWORKER", fi="Suunnitelma on laadittu ennen kuin sen arviointi on valmistunut.", sv="Planen är uppgjord innan dess bedömning har slutförts.",
          rows=lambda today: _plans.join(_assessment, _assessment.id == _plan.assessment_id).where(_plan.drawn_up_date < _assessment.completed_on)),
    Check(key="plan_without_goal", place="PlanView", owner="CASEWORKER", fi="Sovitussa suunnitelmassa ei ole tavoitetta.", sv="En överenskommen plan saknar mål.", rows=lambda today: _without(Goal)),
    Check(key="plan_without_service", place="PlanView", owner="CASEWORKER", fi="Sovitussa suunnitelmassa ei ole palvelua.", sv="En överenskommen plan saknar tjänst.", rows=lambda today: _without(PlannedService)),
    Check(key="plan_ended_without_reason", place="PlanView", owner="CASEWORKER", fi="Päättyneestä suunnitelmasta puuttuu päättymispäivä tai -syy.", sv="Dagen eller orsaken saknas i en avslutad plan.",
          rows=lambda today: _plans.where(_plan.status == "ENDED", or_(_plan.ended_on.is_(None), _plan.end_reason.is_(None)))),
    Check(key="service_ends_before_begins", place="PlannedServiceView", owner="CASEWORKER", fi="Palvelu on päättynyt ennen kuin se on alkanut.", sv="Tjänsten har upphört innan den har börjat.",
          rows=lambda today: select(ServiceParticipation.org_id).where(ServiceParticipation.ended_on < ServiceParticipation.started_on)),
    Check(key="interruption_ends_before_begins", place="ServiceInterruptionView", owner="CASEWORKER", fi="Palvelun keskeytys päättyy ennen kuin se alkaa.", sv="Avbrottet i tjänsten upphör innan det börjar.",
          rows=lambda today: select(ServiceInterruption.org_id).where(ServiceInterruption.to_on < ServiceInterruption.from_on)),
)  # fmt: skip
