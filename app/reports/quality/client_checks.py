"""What must never be of a client, of whose it is, and of who is responsible."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Select, exists, func, or_, select

from app.access.membership import ClientMembership
from app.assessments.models import Assessment
from app.clients.facts import ResidenceBasis
from app.clients.models import Client
from app.consents.models import Consent
from app.guidance.models import GuidanceEntry
from app.plans.models import IntegrationPlan
from app.plans.rules import IN_FORCE
from app.reports.quality.check import Check
from app.responsibility.models import ResponsibilityPeriod
from app.users.models import AccessGrant

_period, _member = ResponsibilityPeriod, ClientMembership
_clients = select(Client.org_id)
# Basis: 681/2023 § 76.1.
_is_stored_by_law = or_(
    exists().where(IntegrationPlan.client_id == GuidanceEntry.client_id),
    exists().where(Assessment.client_id == GuidanceEntry.client_id, Assessment.completed_on.is_not(None)),
)


def _twice(model: Any, *conditions: Any) -> Select[Any]:
    """Give the clients that have more than one such row."""
    return select(model.org_id).where(*conditions).group_by(model.org_id, model.client_id).having(func.count() > 1)


def _worker_without_right(today: date) -> Select[Any]:
    grant = AccessGrant
    in_force = exists().where(
        grant.user_id == Client.responsible_worker_id, grant.organisation_id == Client.org_id, grant.ended_at.is_(None)
    )
    return _clients.where(
        Client.responsible_worker_id.is_not(None), Client.relationship_ended.is_(None), Client.archived_on.is_(None), ~in_force
    )


CHECKS = (
    Check(key="client_without_owner", owner="SYSTEM_MAINTAINER", fi="Asiakkaalla ei ole rekisterinpitäjää.", sv="Kunden saknar personuppgiftsansvarig.",
          rows=lambda today: _clients.where(~exists().where(_member.client_id == Client.id, _member.is_owner))),
    Check(key="owner_is_another", owner="SYSTEM_MAINTAINER",
          fi="Asiakkaan rekisterinpitäjä on muu organisaatio kuin se, jonka tietoja asiakkaan tiedot ovat.",
          sv="Den personuppgiftsansvariga är en annan organisation än den som kundens uppgifter hör till.",
          rows=lambda today: _clients.join(_member, _member.client_id == Client.id).where(_member.is_owner, _member.organisation_id != Client.org_id)),
    Check(key="joined_to_nobody", owner="SYSTEM_MAINTAINER", fi="Asiakas on yhdistetty asiakkaaseen, jota ei ole.", sv="Kunden är sammanförd med en kund som inte finns.",
          rows=lambda today: _clients.where(Client.merged_into_id.is_not(None), Client.merged_into_id.not_in(select(Client.id)))),
    Check(key="plan_of_another_organisation", place="PlanView", owner="SYSTEM_MAINTAINER", fi="Suunnitelma on eri organisaation kuin asiakas.", sv="Planen hör till en annan organisation än kunden.",
          rows=lambda today: _clients.join(IntegrationPlan, IntegrationPlan.client_id == Client.id).where(IntegrationPlan.org_id != Client.org_id)),
    Check(key="client_ends_before_begins", owner="CASEWORKER", fi="Asiakkuus päättyy ennen kuin se alkaa.", sv="Kundrelationen upphör innan den börjar.",
          rows=lambda today: _clients.where(Client.relationship_ended < Client.relationship_started)),
    Check(key="client_ended_without_reason", owner="CASEWORKER", fi="Päättyneestä asiakkuudesta puuttuu päättymisen syy.", sv="Orsaken till att kundrelationen upphört saknas.",
          rows=lambda today: _clients.where(Client.relationship_ended.is_not(None), Client.end_reason.is_(None))),
    Check(key="closed_and_not_ended", owner="CASEWORKER", fi="Asiakas on vaiheessa ”asiakkuus päättynyt”, mutta päättymispäivä puuttuu.",
          sv="Kunden är i skedet ”kundrelationen avslutad” men dagen för avslutandet saknas.",
          rows=lambda today: _clients.where(Client.status == "CLOSED", Client.relationship_ended.is_(None))),
    Check(key="born_after_beginning", owner="CASEWORKER", fi="Asiakas on syntynyt asiakkuuden alkamisen jälkeen.", sv="Kunden är född efter att kundrelationen började.",
          rows=lambda today: _clients.where(Client.birth_date > Client.relationship_started)),
    Check(key="active_without_plan", place="PlanView", owner="CASEWORKER", fi="Kotoutuja-asiakkaalla ei ole voimassa olevaa suunnitelmaa.", sv="Integrationskunden har ingen plan i kraft.",
          rows=lambda today: _clients.where(Client.status == "PLAN_ACTIVE", Client.merged_into_id.is_(None), Client.archived_on.is_(None),
                                            ~exists().where(IntegrationPlan.client_id == Client.id, IntegrationPlan.status.in_(IN_FORCE)))),
    Check(key="worker_without_right", owner="TEAM_LEAD", fi="Asiakkaan vastuutyöntekijällä ei ole käyttöoikeutta organisaatiossa.",
          sv="Kundens ansvariga arbetstagare har ingen användarrätt i organisationen.", rows=_worker_without_right),
    Check(key="two_first_permits", place="ResidenceBasisView", owner="CASEWORKER", fi="Asiakkaalla on kaksi ensimmäistä oleskelulupaa.", sv="Kunden har två första uppehållstillstånd.",
          rows=lambda today: _twice(ResidenceBasis, ResidenceBasis.is_first)),
    Check(key="permit_ends_before_begins", place="ResidenceBasisView", owner="CASEWORKER", fi="Oleskeluluvan voimassaolo päättyy ennen kuin se alkaa.", sv="Uppehållstillståndet upphör innan det börjar gälla.",
          rows=lambda today: select(ResidenceBasis.org_id).where(ResidenceBasis.valid_to < ResidenceBasis.valid_from)),
    Check(key="two_responsible", place="ResponsibilityPeriodView", owner="SYSTEM_MAINTAINER", fi="Asiakkaalla on kaksi avointa vastuujaksoa.", sv="Kunden har två öppna perioder för ansvarig myndighet.",
          rows=lambda today: _twice(_period, _period.ends_on.is_(None))),
    Check(key="responsibility_ends_before_begins", place="ResponsibilityPeriodView", owner="SYSTEM_MAINTAINER", fi="Vastuujakso päättyy ennen kuin se alkaa.", sv="Perioden för ansvarig myndighet upphör innan den börjar.",
          rows=lambda today: select(_period.org_id).where(_period.ends_on < _period.starts_on)),
    Check(key="guidance_without_consent", place="GuidanceEntryView", owner="CASEWORKER", fi="Ohjauksesta ja neuvonnasta on merkintä, vaikka suostumus siihen on peruutettu.",
          sv="Det finns en anteckning om vägledning och rådgivning trots att samtycket har återkallats.",
          rows=lambda today: select(GuidanceEntry.org_id).join(Consent, Consent.id == GuidanceEntry.consent_id)
          .where(Consent.status == "WITHDRAWN", ~_is_stored_by_law)),
)  # fmt: skip
