"""The timetable of the clock, in Finland's time: what a worker does by itself. Each can be done by its command too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from flask import current_app
from sqlalchemy.orm import Session

from app.audit.access import audit_engine, current_anchor
from app.audit.content import current_keys
from app.audit.seal import seal_waiting
from app.care.organisations.due import do_changes
from app.care.use.counting import count_use
from app.examinations.run import run_rules
from app.imports.certificate.actions import clear_everywhere
from app.imports.matching.asking import ask_everywhere
from app.jobs.sweep import clear_finished
from app.jobs.timetable import Daily, Duty, Every
from app.mail.send import send_due
from app.obligations.check import check
from app.plans.upkeep import upkeep as upkeep_of_plans
from app.reports.snapshot.night import night
from app.reports.subscriptions.letters import write_letters
from app.responsibility.actions import derive_all
from app.retention.actions import run as delete_in_time
from app.rights.upkeep import upkeep as upkeep_of_rights
from app.rollout.deriving import derive as derive_rollout
from app.transfers.run import escalate, run
from app.training.places.renewal import renew
from app.work_queue.digest import write_digests

Told = Mapping[str, int]


def _seal(_session: Session) -> Told:
    done = seal_waiting(audit_engine(), current_keys(), current_anchor())
    return {"events": done.events, "passed_over": done.passed_over}


def _mail(session: Session) -> Told:
    settings = current_app.config["KOTO"].smtp
    return send_due(session, settings) if settings else {}


def _ask_others(session: Session) -> Told:
    return ask_everywhere(session, current_app.config["NEW_CLIENT_RATE_LIMIT"])


def _today(work: Callable[[Session, date], Any]) -> Callable[[Session], Any]:
    return lambda session: work(session, date.today())


def _time_limits(session: Session) -> Told:
    found = check(session, date.today(), repair=False)
    return {"clients": found.clients, "moved": found.moved, "differences": len(found.differences)}


def _log_examination(_session: Session) -> Told:
    with Session(audit_engine()) as session:
        return run_rules(session, date.today())


def _invented_day(session: Session) -> Told:
    """Move the invented records to the day; where people work, records keep their days."""
    return renew(session, date.today()) if current_app.config["KOTO"].environment == "training" else {}


def _figures(session: Session) -> Told:
    return night(session, date.today(), current_app.config["KOTO"].reports_closing_days)


DUTIES_OF_THE_CLOCK = (
    Duty("mail", Every(1), _mail),
    Duty("seal", Every(1), _seal),
    Duty("transfers", Every(1), _today(run)),
    Duty("organisations", Every(1), _today(do_changes)),
    Duty("others-asked", Every(10), _ask_others),
    # Invented records are of the new day before anything looks at them.
    Duty("invented-day", Daily(0, 3), _invented_day),
    # What follows from the new day comes first, then what looks at it, and before work begins what tells of it.
    Duty("plans", Daily(0, 10), _today(upkeep_of_plans)),
    Duty("responsibility", Daily(0, 25), derive_all),
    Duty("rights", Daily(0, 40), _today(upkeep_of_rights)),
    Duty("rollout", Daily(0, 50), _today(derive_rollout)),
    Duty("deadlines", Daily(1, 0), _time_limits),
    Duty("escalation", Daily(2, 0), _today(escalate)),
    Duty("log-examination", Daily(2, 30), _log_examination),
    Duty("originals", Daily(2, 45), _today(clear_everywhere)),
    # Nothing of the night counts what § 77 says is stored no longer.
    Duty("retention", Daily(1, 40), _today(delete_in_time)),
    Duty("finished-jobs", Daily(2, 50), _today(clear_finished)),
    # After everything that changes records by itself.
    Duty("use", Daily(2, 20), _today(count_use)),
    Duty("figures", Daily(4, 0), _figures),
    Duty("digest", Daily(6, 30), _today(write_digests)),
    # Comes after the night in which periods are closed.
    Duty("report-letters", Daily(6, 45), _today(write_letters)),
)
