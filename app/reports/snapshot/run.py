"""Write the facts of periods, municipality by municipality, each in one transaction and only where they may have changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.db.types import now
from app.organisations.models import Organisation
from app.organisations.places import is_of_place
from app.reports.catalogue.all import INDICATORS
from app.reports.dimensions import OF_PERSON
from app.reports.models import ReportRun
from app.reports.periods import Period
from app.reports.snapshot.calculation import Calculation
from app.reports.snapshot.digest import digests
from app.reports.snapshot.write import ClosedPeriodError, begin_period, write_all


@dataclass(frozen=True)
class Done:
    """How many municipalities were written, and how many had what a new calculation would give."""

    written: int
    unchanged: int


def municipalities(session: Session) -> list[str]:
    """Give the keys of all municipalities, those that have ended too: their records may still be counted. Training places are counted nowhere."""
    return list(session.scalars(select(Organisation.id).where(Organisation.kind == "MUNICIPALITY", ~is_of_place()).order_by(Organisation.id)))


def snapshot(session: Session, periods: Period | Iterable[Period], today: date, *, is_full: bool = False) -> Done:
    """Bring the facts of open periods up to date and commit municipality by municipality. Raises ClosedPeriodError."""
    wanted = [periods] if isinstance(periods, Period) else list(periods)
    begin(session, wanted)
    found, written = digests(session), 0
    keys = municipalities(session)
    # Where nothing is recorded, the facts are everywhere the same.
    empty = Calculation(session, next((key for key in keys if key not in found), ""), today)
    for key in keys:
        calculation = Calculation(session, key, today) if key in found else empty
        written += bring_up(session, key, wanted, calculation, found.get(key), is_full=is_full)
        session.commit()
        session.expunge_all()
    return Done(written, len(keys) - written)


def begin(session: Session, periods: Iterable[Period]) -> None:
    """Begin periods that have not, and commit. Raises ClosedPeriodError."""
    for period in periods:
        if begin_period(session, period).closed_at is not None:
            raise ClosedPeriodError(period.id)


def bring_up(
    session: Session, org_id: str, periods: Iterable[Period], calculation: Calculation, records: str | None, *, is_full: bool = False
) -> bool:
    """Write one municipality's facts where they rest on other records, another day or other definitions than before; commits nothing.

    `records` is the digest of its records, read before: a change between the two is seen by the next run.
    """
    # Whoever comes second waits here and then finds it done.
    session.execute(select(Organisation.id).where(Organisation.id == org_id).with_for_update(key_share=True))
    bases = {period: basis_of(records, calculation.day(period)) for period in periods}
    known = _known(session, org_id, [period.id for period in bases])
    due = {period: basis for period, basis in bases.items() if is_full or known.get(period.id) != basis}
    if due:
        write_all(session, org_id, due, calculation)
    for period in bases.keys() - due.keys():
        _confirm(session, org_id, period.id, calculation.day(period))
    return bool(due)


def basis_of(records: str | None, day: date) -> str:
    """Give what facts rest on. Where nothing is recorded the day does not matter."""
    return sha256(f"{records}|{day if records else ''}|{_definitions()}".encode()).hexdigest()


@cache
def _definitions() -> str:
    return repr((OF_PERSON, sorted((one.id, one.version, one.dimensions, one.crossings) for one in INDICATORS.values())))


def _known(session: Session, org_id: str, periods: list[str]) -> Mapping[str, str | None]:
    wanted = select(ReportRun.period_id, ReportRun.basis).where(ReportRun.organisation_id == org_id, ReportRun.period_id.in_(periods))
    return {row.period_id: row.basis for row in session.execute(wanted)}


def _confirm(session: Session, org_id: str, period_id: str, day: date) -> None:
    """Tell that facts were looked at and hold: as of this day and moment they are what a new calculation would give."""
    same = update(ReportRun).where(ReportRun.organisation_id == org_id, ReportRun.period_id == period_id)
    session.execute(same.values(computed_at=now(), day=day).execution_options(synchronize_session=False))
