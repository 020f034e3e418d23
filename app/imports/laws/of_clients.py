"""What the rules say of a brought client and of the facts that follow the client."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from flask_babel import lazy_gettext as _l

from app.children.labels import BROKEN as CHILD_BROKEN
from app.children.rules import Mandate, broken_hearing_rules, broken_mandate_rules, majority_on
from app.clients.closing import broken_closing_rules
from app.clients.labels import BROKEN
from app.clients.reminders import ClientReminder
from app.clients.rules import broken_client_rules, broken_education_rules
from app.deadlines.facts import Period
from app.imports.laws.row import Broken, Row, Rules, in_future
from app.responsibility.labels import BROKEN as STATUS_BROKEN
from app.responsibility.models import StatusPeriod
from app.responsibility.rules import broken_status_rules

CLIENT = Rules(
    {**BROKEN, "ONE_REMINDER": _l("A client has one reminder. Join the texts.")}, warns=frozenset({"INTERPRETING", "GUIDANCE"}), unasked=frozenset({"BEFORE_END"}),
)  # fmt: skip
CHILD = Rules(
    CHILD_BROKEN, warns=frozenset({"NOT_A_CHILD", "OPINION", "REASON", "WHEN", "NAME", "FROM", "DECISION", "ADULT", "END_REASON", "END"}),
)  # fmt: skip
STATUS = Rules(STATUS_BROKEN, unasked=frozenset({"DAYS", "FROM", "NO_KEY"}))
_MANDATE = ("name", "known_on", "applied_on", "decided_on", "valid_from", "valid_to", "end_reason")


def of_client(row: Row) -> Iterator[Broken]:
    """Who the client is, and the days of the relationship. What must be settled before an end is not asked: it has ended. Costs nothing."""
    item, today = row.item, row.today
    found: list[tuple[str | None, str]] = [*broken_client_rules(
        identity_code=item.identity_code, no_identity_code_reason=item.no_identity_code_reason, birth_date=item.birth_date,
        interpreter_needed=bool(item.interpreter_needed), interpreter_language=item.interpreter_language, today=today,
    )]  # fmt: skip
    found += in_future(item, ("arrival_date", "relationship_started"), today)
    if item.relationship_ended:
        found += broken_closing_rules(
            ended_on=item.relationship_ended, started_on=item.relationship_started, today=today, reason=item.end_reason or "", guidance=item.onward_guidance,
        )  # fmt: skip
    yield from CLIENT.told(found)


def of_fact(*past: str, first: str = "", last: str = "") -> Callable[[Row], Iterator[Broken]]:
    """Make what asks a fact: its days of what has happened, and that it does not end before it begins. Costs nothing."""

    def asks(row: Row) -> Iterator[Broken]:
        found = in_future(row.item, past, row.today)
        begins, ends = (getattr(row.item, name) if name else None for name in (first, last))
        yield from CLIENT.told([*found, *([(last, "ORDER")] if begins and ends and ends < begins else [])])

    return asks


def of_education(row: Row) -> Iterator[Broken]:
    """Its years; costs nothing."""
    item = row.item
    yield from CLIENT.told(broken_education_rules(end_year=item.end_year, years_of_schooling=item.years_of_schooling, today=row.today))


def of_reminder(row: Row) -> Iterator[Broken]:
    """One for each client; costs the reminder of a stored client once."""
    yield from CLIENT.told([(None, "ONE_REMINDER")] if row.others(ClientReminder) else [])


def of_status_period(row: Row) -> Iterator[Broken]:
    """Its days beside the client's other periods; costs the periods of a stored client once."""
    item = row.item
    others = [Period(other.starts_on, other.ends_on) for other in row.others(StatusPeriod)]
    yield from STATUS.told(broken_status_rules(starts_on=item.starts_on, ends_on=item.ends_on, others=others, today=row.today))


def of_representative(row: Row) -> Iterator[Broken]:
    """The steps of the matter in their order; what was not recorded of it is told. Costs nothing."""
    item, birth_date = row.item, row.client.birth_date
    facts = Mandate(birth_date=birth_date, today=row.today, **{name: getattr(item, name) for name in _MANDATE})
    yield from CHILD.told(broken_mandate_rules(facts), adult=majority_on(birth_date))


def of_hearing(row: Row) -> Iterator[Broken]:
    """That the child was heard, or why not; costs nothing."""
    item = row.item
    yield from CHILD.told(broken_hearing_rules(
        birth_date=row.client.birth_date, on=item.considered_on, is_heard=bool(item.is_heard), opinion=item.opinion, reason=item.not_heard_reason, today=row.today,
    ))  # fmt: skip
