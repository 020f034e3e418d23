"""What the other roles do in each exercise of their paths, rightly unless a value is changed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask_appbuilder.security.sqla.models import User

from app.audit.record import record_event
from app.db.types import new_id, now
from app.examinations.actions import ask_reader, decide_finding, take_finding
from app.examinations.models import LogFinding, LogRule
from app.imports.certificate.models import ImportCertificate
from app.imports.models import ImportBatch, ImportFile, ImportFinding
from app.imports.reading.codes import Tier
from app.participations.actions import accept, end, invite
from app.participations.models import CountyStatement, Participation
from app.plans.models import IntegrationPlan
from app.reports.areas import Level
from app.reports.figures import Question
from app.reports.out.events import criteria_of
from app.reports.paper.paper import printed
from app.reports.periods import period_named
from app.reports.subscriptions.models import ReportSubscription
from app.rights.actions import Decision, end_right, grant_application, refuse_application, shorten_right
from app.rights.models import RightApplication
from app.roles.actions import give_role
from app.users.models import AccessGrant, LocalRole
from tests.support.trainee import COUNTY, HOME, TODAY, Trainee

_YEAR = TODAY + timedelta(days=365)


def _somebody(t: Trainee) -> User:
    """Make a person who has no right yet."""
    name = new_id()[:12]
    user = User(username=name, first_name="Uusi", last_name="Tyyppi", email=f"{name}@example.invalid", active=True)
    t.session.add(user)
    t.session.flush()
    return user


def _application(t: Trainee, **changes: Any) -> RightApplication:
    values = {"role": "CASEWORKER", "basis": "B1", "task": "Arvioinnit", "valid_from": TODAY, "valid_to": TODAY + timedelta(days=700), "language": "fi",
              "training_done_on": TODAY}  # fmt: skip
    row = RightApplication(id=new_id(), user_id=_somebody(t).id, organisation_id=HOME, grantor_id=HOME, **{**values, **changes})
    t.session.add(row)
    t.session.flush()
    return row


def _right(t: Trainee, role: str = "CASEWORKER") -> AccessGrant:
    row = AccessGrant(id=new_id(), user_id=_somebody(t).id, organisation_id=HOME, grantor_id=HOME, role=role, basis="B1", valid_from=TODAY, valid_to=_YEAR, opened_at=now())
    t.session.add(row)
    t.session.commit()
    return row


def x20(t: Trainee, basis: str = "B1", valid_to: date = _YEAR) -> None:
    grant_application(t.session, _application(t, basis=basis), Decision(valid_from=TODAY, valid_to=valid_to), by=t.me.user_id, opens=True)
    t.session.commit()


def x21(t: Trainee, reason: str = "Tehtävä ei edellytä asiakkaiden tietoja.") -> None:
    refuse_application(t.session, _application(t), by=t.me.user_id, reason=reason)
    t.session.commit()


def x22(t: Trainee, reason: str = "LEFT") -> None:
    end_right(t.session, _right(t), by=t.me.user_id, reason=reason)
    t.session.commit()


def x23(t: Trainee, days: int = 20) -> None:
    shorten_right(t.session, _right(t), by=t.me.user_id, valid_to=TODAY + timedelta(days=days))
    t.session.commit()


def x24(t: Trainee, base: str = "TEAM_LEAD", withheld: str = "can_export ClientView", reason: str | None = "Sijaisille") -> None:
    name = new_id()[:20]
    role = t.add("local_role:added", LocalRole, base=base, name_fi=name, name_sv=name, withheld=withheld, reason=reason)
    grant = _right(t, base)
    give_role(t.session, role, [grant], {grant.id})


def x25(t: Trainee, asks: bool = True) -> None:
    rule = LogRule(id=new_id(), org_id=HOME, kind="NIGHT", owner_id=t.me.user_id)
    t.session.add(rule)
    t.session.flush()
    finding = LogFinding(id=new_id(), rule_id=rule.id, kind="NIGHT", org_id=HOME, concerns_id=HOME, user_id=_somebody(t).id, day=TODAY, readings=1, clients=1,
                         found_on=TODAY, due_on=_YEAR)  # fmt: skip
    t.session.add(finding)
    t.session.flush()
    take_finding(t.session, finding, by=t.me.user_id)
    if asks:
        ask_reader(t.session, finding, by=t.me.user_id, question="Miksi?", due_on=_YEAR)
    decide_finding(t.session, finding, by=t.me.user_id, outcome="UNFOUNDED", reason="Työtehtävä")
    t.session.commit()


def x26(t: Trainee, **changes: Any) -> None:
    t.add("log_rule:added", LogRule, **{"kind": "SAMPLE_EVENTS", "owner_id": t.me.user_id, "sample_size": 5, "is_active": True, **changes})


def _invitation(t: Trainee, matter: str) -> Participation:
    """Be invited by a worker of the municipality."""
    with t.acting("aino"):
        client = t.client(status="PLAN_DRAFTING")
        plan: IntegrationPlan = t.plan(client)
        about = {"assessment_id": plan.assessment_id} if matter == "ASSESSMENT" else {"plan_id": plan.id}
        row = Participation(client_id=client.id, org_id=HOME, organisation_id=COUNTY, matter=matter, profile=f"{matter}_PART", reason="Palvelut sovitetaan yhteen",
                            may_contribute=True, valid_to=_YEAR, **about)  # fmt: skip
        invite(t.session, row, TODAY)
        t.session.commit()
    return row


def x30(t: Trainee, matter: str = "PLAN") -> None:
    row = _invitation(t, matter)
    accept(t.session, row, by=t.me.user_id)
    if row.plan_id:
        record_event(t.session, "plan:read", client_ids=[row.client_id], row_id=row.plan_id)
    t.session.commit()


def x31(t: Trainee, matter: str = "ASSESSMENT", content: str = "Alustava tarve: terveystarkastus ja perhetyö.") -> None:
    row = _invitation(t, matter)
    accept(t.session, row, by=t.me.user_id)
    t.session.commit()
    t.add("county_statement:added", CountyStatement, client_id=row.client_id, participation_id=row.id, stated_on=TODAY, content=content)


def x32(t: Trainee, accepts: bool = False) -> None:
    row = _invitation(t, "PLAN")
    if accepts:
        accept(t.session, row, by=t.me.user_id)
    else:
        end(t.session, row, how="DECLINED", by=t.me.user_id, reason="Ei sovitettavaa")
    t.session.commit()


def x33(t: Trainee, how: str = "COUNTY_LEFT") -> None:
    row = _invitation(t, "PLAN")
    if how == "COUNTY_LEFT":
        accept(t.session, row, by=t.me.user_id)
        t.session.commit()
    end(t.session, row, how=how, by=t.me.user_id, reason="Hoidettu")
    t.session.commit()


def _batch(t: Trainee, **changes: Any) -> ImportBatch:
    return t.add("import:added", ImportBatch, **{"name": "Erä", "product": "Vanha", "rehearsals": 1, **changes})  # type: ignore[no-any-return]


def _stop(t: Trainee, batch: ImportBatch, closed: str | None = None) -> None:
    t.session.add(ImportFinding(batch_id=batch.id, org_id=HOME, step="MAP", column_name="x", code="X", tier=Tier.ROW, mark=new_id(), closed_because=closed))
    t.session.commit()


def x40(t: Trainee, stops: bool = False) -> None:
    batch = _batch(t, status="REHEARSED", rehearsed_at=now(), rehearsals=2)
    _stop(t, batch, closed=None if stops else "Ei ole virhe")
    file = ImportFile(id=new_id(), batch_id=batch.id, org_id=HOME, name="x.csv", digest="0" * 64, size=1)
    t.session.add(file)
    record_event(t.session, "import:added", row_id=file.id)
    t.session.commit()


def x41(t: Trainee, stops: bool = False, **changes: Any) -> None:
    batch = _batch(t, status="COMMITTED", rehearsed_at=now(), committed_at=now(), **changes)
    if stops:
        _stop(t, batch)


def x42(t: Trainee, answers: str = '{"1": true}') -> None:
    batch = _batch(t, status="SIGNED", committed_at=now(), signed_at=now())
    t.session.add(ImportCertificate(id=new_id(), batch_id=batch.id, org_id=HOME, content="{}", answers=answers))
    for event in ("import:certified", "import:signed"):
        record_event(t.session, event, row_id=batch.id)
    t.session.commit()


def x43(t: Trainee, **changes: Any) -> None:
    _batch(t, status="UNDONE", committed_at=now(), undone_at=now(), **changes)


def _exported(t: Trainee, *, by: tuple[str, ...] = (), periods: tuple[str, ...] = ("2026Q2",), form: str = "csv", purpose: str = "STEERING") -> None:
    question = Question("I01", Level.MUNICIPALITY, periods, "092", by)
    record_event(t.session, "report:exported", criteria=criteria_of(question, form, purpose), hits=1)
    t.session.commit()


def _printed(t: Trainee, purpose: str = "STEERING") -> None:
    record_event(t.session, "report:exported", criteria=printed(Level.MUNICIPALITY, "092", period_named("2026Q2"), purpose))
    t.session.commit()


def x50(t: Trainee, on_paper: bool = False, **changes: Any) -> None:
    _printed(t) if on_paper else _exported(t, **changes)


def x51(t: Trainee, **changes: Any) -> None:
    _exported(t, **{"by": ("GENDER",), **changes})


def x52(t: Trainee, **changes: Any) -> None:
    _exported(t, **{"periods": ("2026Q1", "2026Q2"), **changes})


def x53(t: Trainee, as_file: bool = False, purpose: str = "STEERING") -> None:
    _exported(t, purpose=purpose) if as_file else _printed(t, purpose)


def x54(t: Trainee, every: str = "QUARTER") -> None:
    t.add("report_subscription:added", ReportSubscription, user_id=t.me.user_id, address=f"/reports/show/{new_id()[:20]}", every=every)

