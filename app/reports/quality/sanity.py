"""Count each night what must never be in the records, organisation by organisation; no person is told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from app.db.types import now
from app.reports.models import ReportSanity
from app.reports.quality import client_checks, plan_checks, references
from app.reports.quality.check import Check

CHECKS: Mapping[str, Check] = {one.key: one for one in (*client_checks.CHECKS, *plan_checks.CHECKS, *references.CHECKS)}


def run_checks(session: Session, today: date) -> int:
    """Count anew in place of what was found before; gives how many organisations and checks found something. One statement a check; commits nothing."""
    moment, rows = now(), []
    for check in CHECKS.values():
        broken = check.rows(today).subquery()
        org = broken.columns[0]
        rows += [
            {"organisation_id": key, "check": check.key, "count": count, "found_at": moment}
            for key, count in session.execute(select(org, func.count()).group_by(org))
        ]
    session.execute(delete(ReportSanity))
    if rows:
        session.execute(insert(ReportSanity), rows)
    return len(rows)


def findings(session: Session, organisation_id: str | None = None) -> list[ReportSanity]:
    """Give what was found last in one organisation, or in all, the most first."""
    wanted = select(ReportSanity).order_by(ReportSanity.count.desc(), ReportSanity.check, ReportSanity.organisation_id)
    return list(session.scalars(wanted if organisation_id is None else wanted.where(ReportSanity.organisation_id == organisation_id)))
