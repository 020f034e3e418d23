"""Assessments, I10–I18: each person once a figure, by the last assessment that the figure asks of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import exists, or_, select

from app.assessments.models import Assessment
from app.clients.facts import LanguageSkill
from app.clients.models import Client
from app.contacts.models import InitialContact
from app.participations.models import Participation
from app.reports.assessment_rules import is_early, is_window_closing, known_on, language_group
from app.reports.computing.question import Question
from app.reports.computing.records import in_period, last_of_each, permits
from app.reports.conditions import is_client, is_completed, is_standing
from app.reports.observation import Observation, Subject
from app.reports.periods import day_of

Found = Iterator[tuple[Subject, Any]]


def _started(asked: Question) -> Found:
    """Give who had an assessment started in the period that still stands on the last day."""
    of = Assessment
    wanted = select(of.client_id, of.started_on, of.known_on).where(
        in_period(asked, of.started_on), is_standing(asked.day)
    )
    return last_of_each(asked, asked.rows(of, wanted.order_by(of.started_on, of.id)))


def _completed(asked: Question) -> Found:
    """Give who had an assessment completed in the period."""
    of = Assessment
    wanted = select(of.client_id, of.id, of.started_on, of.completed_on, of.outcome, of.skipped_reason.is_not(None).label("is_skipped"))
    rows = wanted.where(in_period(asked, of.completed_on), is_completed(asked.day)).order_by(of.completed_on, of.id)
    return last_of_each(asked, asked.rows(of, rows))


def started(asked: Question) -> Iterator[Observation]:
    """Count the persons of started assessments (I10)."""
    for subject, _row in _started(asked):
        yield Observation(subject)


def completed(asked: Question) -> Iterator[Observation]:
    """Count the persons of completed assessments by outcome (I11)."""
    for subject, row in _completed(asked):
        yield Observation(subject, own=(("ASSESSMENT_OUTCOME", row.outcome),))


def waiting_times(asked: Question) -> Iterator[Observation]:
    """Give the days from the ground being known to the start, of those whose day is known (I12)."""
    handled = _led_to_assessment(asked)
    of, before, last = Assessment, dict[str, date](), dict[str, Any]()
    wanted = select(of.client_id, of.started_on, of.known_on).where(is_standing(asked.day))
    for row in asked.rows(of, wanted.order_by(of.started_on, of.id)):
        if row.client_id in last:
            before[row.client_id] = last[row.client_id].started_on
        last[row.client_id] = row
    for subject, row in last_of_each(asked, (row for row in last.values() if row.started_on >= asked.period.starts_on)):
        since = known_on(row.known_on, handled.get(row.client_id, ()), row.started_on, before.get(row.client_id))
        if since:
            yield Observation(subject, amount=(row.started_on - since).days)


def _led_to_assessment(asked: Question) -> dict[str, list[date]]:
    """Give the days on which contacts of each person were handled that led to assessment."""
    of, found = InitialContact, defaultdict[str, list[date]](list)
    for key, day, _owner in asked.rows(of, select(of.client_id, of.handled_on).where(of.outcome == "ASSESSMENT")):
        if day:
            found[key].append(day)
    return found


def durations(asked: Question) -> Iterator[Observation]:
    """Give the days from start to completion, of assessments that were not left undone (I13)."""
    for subject, row in _completed(asked):
        if not row.is_skipped:
            yield Observation(subject, amount=(row.completed_on - row.started_on).days)


def early(asked: Question) -> Iterator[Observation]:
    """Tell which started assessments began within a year of the first permit (I14)."""
    known = permits(asked)
    for subject, row in _started(asked):
        first_on, _ground = known.get(row.client_id, (None, None))
        yield Observation(subject, numerator=int(is_early(row.started_on, first_on)), denominator=1)


def with_county(asked: Question) -> Iterator[Observation]:
    """Tell in which completed assessments a county took part: it had accepted an invitation (I15)."""
    of = Participation
    wanted = select(of.client_id, of.assessment_id, of.accepted_at).where(of.matter == "ASSESSMENT", of.accepted_at.is_not(None))
    shared = {key for _client, key, accepted, _owner in asked.rows(of, wanted) if day_of(accepted) <= asked.day}
    for subject, row in _completed(asked):
        yield Observation(subject, numerator=int(row.id in shared), denominator=1)


def need_of_plan(asked: Question) -> Iterator[Observation]:
    """Tell which completed assessments found a plan to be needed (I16)."""
    for subject, row in _completed(asked):
        yield Observation(subject, numerator=int(row.outcome == "PLAN"), denominator=1)


def profile(asked: Question) -> Iterator[Observation]:
    """Count the assessed by what is known of their Finnish or Swedish, and by their other breakdowns (I17)."""
    of = LanguageSkill
    levels: dict[str, set[str]] = defaultdict(set)
    wanted = select(of.client_id, of.level).where(of.language.in_(("fi", "sv")), of.part == "OVERALL")
    for key, level, _owner in asked.rows(of, wanted.where(or_(of.established_on.is_(None), of.established_on <= asked.day))):
        levels[key].add(level)
    for subject, row in _completed(asked):
        if not row.is_skipped:
            yield Observation(subject, own=(("FI_SV_LEVEL", language_group(levels.get(row.client_id, ()))),))


def near_the_limit(asked: Question) -> Iterator[Observation]:
    """Count who waits for an assessment that may soon begin no more; a victim of trafficking has no limit (I18)."""
    contact, of, day = InitialContact, Assessment, asked.day
    was_told = exists().where(contact.client_id == Client.id, contact.outcome == "ASSESSMENT", contact.handled_on <= day)
    was_known = exists().where(of.client_id == Client.id, of.known_on <= day)
    is_assessed = exists().where(of.client_id == Client.id, is_standing(day))
    wanted = select(Client.id).where(
        asked.is_own(Client.org_id), is_client(day), Client.trafficking_victim.is_(False), ~is_assessed,
        or_(Client.status == "ASSESSMENT_DUE", was_told, was_known),
    )  # fmt: skip
    known = permits(asked)
    for key in asked.session.scalars(wanted):
        first_on, _ground = known.get(key, (None, None))
        if is_window_closing(first_on, day):
            yield Observation(asked.subjects[key])


COMPUTATIONS = {
    "I10": started, "I11": completed, "I12": waiting_times, "I13": durations, "I14": early, "I15": with_county, "I16": need_of_plan,
    "I17": profile, "I18": near_the_limit,
}  # fmt: skip
