"""Write the facts of periods, a batch of municipalities in one transaction, and only where they may have changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
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
from app.reports.periods import Period, day_in
from app.reports.snapshot.batches import batches, clients_by_municipality
from app.reports.snapshot.calculation import Calculation
from app.reports.snapshot.digest import digests
from app.reports.snapshot.write import ClosedPeriodError, begin_period, hold_open, write_all


@dataclass(frozen=True)
class Done:
    """How many municipalities were written, and how many had what a new calculation would give."""

    written: int
    unchanged: int


def municipalities(session: Session) -> list[str]:
    """Give the keys of all municipalities, those that have ended too: their records may still be counted. Training places are counted nowhere."""
    return list(session.scalars(select(Organisation.id).where(Organisation.kind == "MUNICIPALITY", ~is_of_place()).order_by(Organisation.id)))


def snapshot(session: Session, periods: Period | Iterable[Period], today: date, *, is_full: bool = False) -> Done:
    """Bring the facts of open periods up to date and commit batch by batch. Raises ClosedPeriodError.

    Municipalities that lack the same periods are counted together; those that lack none take a statement a period for all of them.
    """
    wanted = [periods] if isinstance(periods, Period) else list(periods)
    begin(session, wanted)
    keys, records, written = municipalities(session), digests(session), 0
    alike: dict[frozenset[Period], list[str]] = defaultdict(list)
    for key, lacking in _lacking(session, keys, wanted, records, today, is_full=is_full).items():
        alike[lacking].append(key)
    unchanged = alike.pop(frozenset(), [])
    sizes = clients_by_municipality(session)
    for batch in ([unchanged] if unchanged else []) + [batch for group in alike.values() for batch in batches(group, sizes)]:
        written += bring_up(session, batch, wanted, records, today, is_full=is_full)
        session.commit()
        session.expunge_all()
    return Done(written, len(keys) - written)


def begin(session: Session, periods: Iterable[Period]) -> None:
    """Begin periods that have not, and commit. Raises ClosedPeriodError."""
    for period in periods:
        if begin_period(session, period).closed_at is not None:
            raise ClosedPeriodError(period.id)


def bring_up(
    session: Session, org_ids: Sequence[str], periods: Sequence[Period], records: Mapping[str, str], today: date, *, is_full: bool = False
) -> int:
    """Write the facts of municipalities that rest on other records, another day or other definitions than before; commits nothing.

    `records` are the digests of their records, read before: a change between the two is seen by the next run. Gives how many were written.
    """
    # Whoever comes second waits here and then finds it done.
    held = select(Organisation.id).where(Organisation.id.in_(org_ids)).order_by(Organisation.id).with_for_update(key_share=True)
    session.execute(held).all()
    lacking = _lacking(session, org_ids, periods, records, today, is_full=is_full)
    due = [key for key in org_ids if lacking[key]]
    if due:
        bases = {period: {key: basis_of(records.get(key), day_in(period, today)) for key in due if period in lacking[key]} for period in periods}
        write_all(session, {period: of for period, of in bases.items() if of}, Calculation(session, due, today))
    _confirm(session, {period: [key for key in org_ids if period not in lacking[key]] for period in periods}, today)
    return len(due)


def basis_of(records: str | None, day: date) -> str:
    """Give what facts rest on. Where nothing is recorded the day does not matter."""
    return sha256(f"{records}|{day if records else ''}|{_definitions()}".encode()).hexdigest()


@cache
def _definitions() -> str:
    return repr((OF_PERSON, sorted((one.id, one.version, one.dimensions, one.crossings) for one in INDICATORS.values())))


def _lacking(
    session: Session, org_ids: Collection[str], periods: Sequence[Period], records: Mapping[str, str], today: date, *, is_full: bool
) -> dict[str, frozenset[Period]]:
    """Give the periods whose facts rest on something else than they would, by municipality; one statement."""
    run = ReportRun
    wanted = select(run.organisation_id, run.period_id, run.basis).where(run.organisation_id.in_(org_ids), run.period_id.in_([one.id for one in periods]))
    known = {} if is_full else {(org, period): basis for org, period, basis in session.execute(wanted)}
    return {
        key: frozenset(one for one in periods if known.get((key, one.id)) != basis_of(records.get(key), day_in(one, today))) for key in org_ids
    }


def _confirm(session: Session, held: Mapping[Period, Collection[str]], today: date) -> None:
    """Tell that facts were looked at and hold: as of this day and moment they are what a new calculation would give."""
    for period, org_ids in held.items():
        if org_ids:
            hold_open(session, [period.id])
            same = update(ReportRun).where(ReportRun.organisation_id.in_(org_ids), ReportRun.period_id == period.id)
            session.execute(same.values(computed_at=now(), day=day_in(period, today)).execution_options(synchronize_session=False))
