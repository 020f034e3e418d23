"""What holds in an organisation today, each setting with where it comes from; a fixed number of statements."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from flask import current_app
from flask_babel import format_date, ngettext
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.care.settings.labels import DEFAULT, INSTALLATION, NATIONAL, OWN
from app.codes.lists import label, values
from app.core.letters import with_large_letter
from app.deadlines.numbers import number, numbers
from app.obligations.models import NATIONAL as AGENCY
from app.obligations.models import LocalNumber
from app.reports.disclosure.limits import OFFICIAL, PUBLIC, limits_of
from app.responsibility.queries import practice_of
from app.web.language import current_language


class Setting(NamedTuple):
    """A setting in words; `view` is where the organisation changes it itself."""

    name: str
    value: str
    source: Any
    view: str | None = None


def settings_of(session: Session, org_id: str, on: date) -> list[Setting]:
    """Give the settings of an organisation on a day."""
    return [*_time_limits(session, org_id, on), *_practice(session, org_id, on), *_of_figures(on), *_of_installation()]


def _time_limits(session: Session, org_id: str, on: date) -> list[Setting]:
    of = LocalNumber
    rows = session.execute(select(of.org_id, of.setting, of.amount).where(of.org_id.in_({org_id, AGENCY}), of.valid_from <= on).order_by(of.valid_from))
    held = {(row.org_id, row.setting): row.amount for row in rows}
    found = []
    # Those that an organisation can set.
    for setting in (value.code for value in values("LOCAL_NUMBER", on)):
        rule = next(row.rule for row in numbers() if row.setting == setting)
        known = ((OWN, held.get((org_id, setting))), (NATIONAL, held.get((AGENCY, setting))), (DEFAULT, number(rule, on).amount))
        source, amount = next((source, amount) for source, amount in known if amount is not None)
        if org_id == AGENCY and source is OWN:
            source = NATIONAL
        name = label("LOCAL_NUMBER", setting, current_language())
        found.append(Setting(with_large_letter(name), str(amount), source, "LocalNumberView"))
    return found


def _practice(session: Session, org_id: str, on: date) -> list[Setting]:
    practice = practice_of(session, org_id)
    own_days = practice.transfer_answer_days if practice else None
    days = own_days or number("TRANSFER_ANSWER", on).amount
    since = practice.delegated_from if practice and practice.delegated_from and (practice.delegated_to is None or practice.delegated_to >= on) else None
    delegated = _yes_from(since)
    day = practice.training_demanded_from if practice else None
    is_demanded_of_all = current_app.config["KOTO"].requires_training
    demanded = (_("Yes"), INSTALLATION, None) if is_demanded_of_all else (_yes_from(day), OWN if day else DEFAULT, "PracticeView")
    return [
        Setting(_("Working days to answer a transfer"), str(days), OWN if own_days else DEFAULT, "PracticeView"),
        Setting(_("The employment authority is responsible for every client (section 8)"), delegated, OWN if since else DEFAULT, "PracticeView"),
        Setting(_("Whoever applies for a right needs a certificate of training"), *demanded),
    ]


def _yes_from(day: date | None) -> str:
    return _("Yes, from %(day)s", day=format_date(day)) if day else _("No")


def _of_figures(on: date) -> list[Setting]:
    officials, everybody = limits_of(OFFICIAL, on), limits_of(PUBLIC, on)
    return [
        Setting(_("The smallest number that a figure tells other authorities"), str(officials.fewest), DEFAULT),
        Setting(_("The smallest number that a figure tells everybody"), str(everybody.fewest), DEFAULT),
    ]


def _of_installation() -> list[Setting]:
    settings = current_app.config["KOTO"]
    idle, days = settings.session_idle_minutes, settings.reports_closing_days
    opens = _("By itself when it is granted") if settings.opens_rights else _("By the national agency")
    return [
        Setting(_("A granted right is opened (section 80.4)"), opens, INSTALLATION),
        Setting(_("A session ends unused after"), ngettext("%(num)d minute", "%(num)d minutes", idle), INSTALLATION),
        Setting(_("Figures of a period are closed after"), ngettext("%(num)d day", "%(num)d days", days), INSTALLATION),
    ]
