"""Independent calculation of plans, person by person and plan by plan, from the words of the definitions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from app.codes.lists import values
from app.reports.periods import Period
from tests.reports.oracle.calendar import full_months, task_due
from tests.reports.oracle.maximum import last_day_of_plans
from tests.reports.oracle.people import dims_of, persons
from tests.reports.oracle.register import Oracle, Register, Row, Seen

NEITHER = ("DRAFT", "ANNULLED")


def plans_of(register: Register, client: Row) -> list[Row]:
    """Give the person's plans that count, the first drawn up first."""
    found = [row for row in register.of("integration_plan", client["id"]) if row["status"] not in NEITHER]
    return sorted(found, key=lambda row: (row["drawn_up_date"], row["ordinal"]))


def begins(plan: Row) -> date:
    return plan["agreed_on"] if plan["agreed_on"] and plan["agreed_on"] > plan["valid_from"] else plan["valid_from"]  # type: ignore[no-any-return]


def end_of_plan(plan: Row) -> date | None:
    return (plan["ended_on"] or plan["valid_to"]) if plan["status"] == "ENDED" else None


def plan_on(register: Register, client: Row, day: date) -> Row | None:
    """Give the plan a person has at the end of a day: the newest that has begun, unless it or the relationship ended by then."""
    for left in (client["relationship_ended"], client["archived_on"]):
        if left and left <= day:
            return None
    if any(row["reason"] == "MOVED" and row["starts_on"] > day for row in register.of("responsibility_period", client["id"])):
        return None
    begun = [row for row in plans_of(register, client) if row["status"] != "AGREED" and begins(row) <= day]
    newest = max(begun, key=lambda row: (begins(row), row["ordinal"]), default=None)
    if newest is None:
        return None
    ended = end_of_plan(newest)
    if newest["status"] == "SUPERSEDED" and not _has_newer(register, client, newest):
        ended = _end_without_newer(register, client, newest)
    return None if ended and ended <= day else newest


def _has_newer(register: Register, client: Row, plan: Row) -> bool:
    """A later plan that counts has begun: the older one held until then, and of that day the later one was found."""
    return any(begins(row) > begins(plan) for row in plans_of(register, client) if row["status"] != "AGREED")


def _end_without_newer(register: Register, client: Row, plan: Row) -> date:
    """What replaced it was annulled since, or was never brought in."""
    annulled = [
        begins(row) for row in register.of("integration_plan", client["id"]) if row["status"] == "ANNULLED" and begins(row) >= begins(plan)
    ]
    return min(annulled, default=plan["valid_to"])


def _in(day: date | None, period: Period, until: date) -> bool:
    return day is not None and period.starts_on <= day <= min(until, period.ends_on)


def _drawn_up(register: Register, period: Period, day: date) -> Iterator[tuple[Row, Row]]:
    for client in persons(register):
        for plan in plans_of(register, client):
            if _in(plan["drawn_up_date"], period, day):
                yield client, plan


def _with_county(register: Register, plan: Row) -> bool:
    parts = register.of("participation", plan["client_id"])
    return any(row["plan_id"] == plan["id"] and row["matter"] == "PLAN" and row["accepted_at"] is not None for row in parts)


def drawn_up(register: Register, period: Period, day: date) -> Iterable[Seen]:
    for client, plan in _drawn_up(register, period, day):
        own = {"COUNTY": "YES" if _with_county(register, plan) else "NO", "PLAN_ORDINAL": {1: "1", 2: "2"}.get(plan["ordinal"], "3-")}
        yield Seen(client["org_id"], {**dims_of(register, client, day), **own})


def delay(register: Register, period: Period, day: date) -> Iterable[Seen]:
    for client in persons(register):
        for assessment in register.of("assessment", client["id"]):
            resting = [plan for plan in plans_of(register, client) if plan["assessment_id"] == assessment["id"]]
            if assessment["completed_on"] and resting and _in(resting[0]["drawn_up_date"], period, day):
                # One that was drawn up before the assessment was written down as complete did not wait.
                waited = max((resting[0]["drawn_up_date"] - assessment["completed_on"]).days, 0)
                yield Seen(client["org_id"], dims_of(register, client, day), amount=waited)


def in_three_years(register: Register, period: Period, day: date) -> Iterable[Seen]:
    for client, plan in _drawn_up(register, period, day):
        permits = [row["granted_date"] for row in register.of("residence_basis", client["id"]) if row["kind"] != "OTHER"]
        if plan is not plans_of(register, client)[0] or not permits:
            continue
        is_in_time = plan["drawn_up_date"] <= task_due(min(permits), 36) or _is_victim(register, client)
        yield Seen(client["org_id"], dims_of(register, client, day), int(is_in_time), 1)


def _is_victim(register: Register, client: Row) -> bool:
    assessed = {row["id"]: row["ground"] for row in register.of("assessment", client["id"]) if row["status"] != "CANCELLED"}
    further = [row["ground"] for row in register.of("assessment_ground", client["id"]) if row["assessment_id"] in assessed]
    return bool(client["trafficking_victim"]) or "A7" in (*assessed.values(), *further)


def referred(register: Register, period: Period, day: date) -> Iterable[Seen]:
    for client in persons(register):
        for plan in plans_of(register, client):
            drawn_up_on = plan["drawn_up_date"]
            due = task_due(drawn_up_on, 1)
            # The month was no rule under the older act.
            if drawn_up_on < date(2025, 1, 1) or not _in(due, period, day):
                continue
            agreed = _referrals(register, plan)
            fell_away = [row["drawn_up_date"] for row in plans_of(register, client)] + [end_of_plan(plan), client["relationship_ended"]]
            over = min((one for one in fell_away if one and one > drawn_up_on), default=date.max)
            met = {kind for kind, on in agreed if on and drawn_up_on <= on <= due and on <= over}
            if not met and over <= due:
                continue
            values_of = dims_of(register, client, day)
            yield Seen(client["org_id"], values_of, int(bool(met)), 1, only=("", "RESPONSIBLE"))
            for kind in {kind for kind, _on in agreed}:
                yield Seen(client["org_id"], {"SERVICE_TYPE": kind}, int(kind in met), 1, only=("SERVICE_TYPE",))


def _referrals(register: Register, plan: Row) -> list[tuple[str, date | None]]:
    services = {row["id"]: row["service_type"] for row in register.of("planned_service", plan["client_id"]) if row["plan_id"] == plan["id"]}
    days = {row["planned_service_id"]: row["referred_on"] for row in register.of("service_participation", plan["client_id"])}
    return [(kind, days.get(key)) for key, kind in services.items()]


def _review_due(register: Register, client: Row, plan: Row, day: date) -> date:
    held = [row["reviewed_on"] for row in register.of("plan_review", client["id"]) if row["plan_id"] == plan["id"]]
    written = [row["drawn_up_date"] for row in plans_of(register, client)]
    return task_due(max(one for one in (*held, *written, plan["drawn_up_date"]) if one <= day), 6)


def _valid(register: Register, day: date) -> Iterator[tuple[Row, Row]]:
    for client in persons(register):
        plan = plan_on(register, client, day)
        if plan is not None:
            yield client, plan


def integration_clients(register: Register, _period: Period, day: date) -> Iterable[Seen]:
    for client, _plan in _valid(register, day):
        yield Seen(client["org_id"], dims_of(register, client, day))


def reviewed_in_time(register: Register, _period: Period, day: date) -> Iterable[Seen]:
    for client, plan in _valid(register, day):
        yield Seen(client["org_id"], dims_of(register, client, day), int(day <= _review_due(register, client, plan, day)), 1)


def reviews_late(register: Register, _period: Period, day: date) -> Iterable[Seen]:
    for client, plan in _valid(register, day):
        late = (day - _review_due(register, client, plan, day)).days
        if late > 0:
            yield Seen(client["org_id"], amount=late)


def _ended(register: Register, period: Period, day: date) -> Iterator[tuple[Row, Row, date]]:
    for client in persons(register):
        for plan in plans_of(register, client):
            ended = end_of_plan(plan)
            if ended and _in(ended, period, day):
                yield client, plan, ended


def duration(register: Register, period: Period, day: date) -> Iterable[Seen]:
    lasted: dict[str, tuple[Row, date]] = {}
    for client, _plan, ended in _ended(register, period, day):
        known = lasted.get(client["id"], (client, ended))[1]
        lasted[client["id"]] = (client, max(known, ended))
    for client, ended in lasted.values():
        first = plans_of(register, client)[0]["drawn_up_date"]
        yield Seen(client["org_id"], dims_of(register, client, day), amount=full_months(first, ended))


def extended(register: Register, period: Period, day: date) -> Iterable[Seen]:
    days = [date.fromordinal(one) for one in range(period.starts_on.toordinal(), min(period.ends_on, day).toordinal() + 1)]
    for client in persons(register):
        known = {plan["id"] for plan in plans_of(register, client)}
        rows = [
            row for row in register.of("plan_extension", client["id"]) if row["plan_id"] in known and _in(row["decided_on"], period, day)
        ]
        grounds = {row["ground"] for row in rows}
        if not known or not (grounds or any(plan_on(register, client, one) for one in days)):
            continue
        yield Seen(client["org_id"], dims_of(register, client, day), int(bool(grounds)), 1, only=("", "EDUCATION"))
        for value in values("EXTENSION_GROUND"):
            seen = {"EXTENSION_GROUND": value.code}
            yield Seen(client["org_id"], seen, int(value.code in grounds), 1, only=("EXTENSION_GROUND",))


def near_maximum(register: Register, _period: Period, day: date) -> Iterable[Seen]:
    for client, plan in _valid(register, day):
        if plan["studies_only_from"] and plan["studies_only_from"] <= day:
            continue
        last = last_day_of_plans(register, client, plans_of(register, client), day)
        if last.toordinal() < day.toordinal() + 90:
            yield Seen(client["org_id"])


def ended_by_reason(register: Register, period: Period, day: date) -> Iterable[Seen]:
    for client, plan, _ended_on in _ended(register, period, day):
        yield Seen(client["org_id"], {**dims_of(register, client, day), "PLAN_END_REASON": plan["end_reason"] or "UNKNOWN"})


def to_work(register: Register, period: Period, day: date) -> Iterable[Seen]:
    for client, plan, _ended_on in _ended(register, period, day):
        yield Seen(client["org_id"], dims_of(register, client, day), int(plan["end_reason"] in ("EMPLOYED", "ENTREPRENEUR")), 1)


def _reviews(register: Register, period: Period, day: date) -> Iterator[tuple[Row, Row]]:
    for client in persons(register):
        known = {plan["id"] for plan in plans_of(register, client)}
        for review in register.of("plan_review", client["id"]):
            if review["plan_id"] in known and _in(review["reviewed_on"], period, day):
                yield client, review


def goals_reached(register: Register, period: Period, day: date) -> Iterable[Seen]:
    last = {
        review["plan_id"]: (client, review)
        for client, review in sorted(_reviews(register, period, day), key=lambda one: one[1]["reviewed_on"])
    }
    for plan_id, (client, review) in last.items():
        found = {row["goal_id"]: row["result"] for row in register.of("reviewed_goal", client["id"]) if row["review_id"] == review["id"]}
        for goal in register.of("goal", client["id"]):
            if goal["plan_id"] == plan_id:
                yield Seen(client["org_id"], {"GOAL_TYPE": goal["goal_type"]}, int(found.get(goal["id"]) == "ACHIEVED"), 1)


def with_county(register: Register, period: Period, day: date) -> Iterable[Seen]:
    for client, plan in _drawn_up(register, period, day):
        yield Seen(client["org_id"], {}, int(_with_county(register, plan)), 1)


def hindered(register: Register, period: Period, day: date) -> Iterable[Seen]:
    for client, review in _reviews(register, period, day):
        factors = [row["hindrance"] for row in register.of("hindrance", client["id"]) if row["review_id"] == review["id"]]
        yield Seen(client["org_id"], {}, int(len(factors) > 0), 1, only=("",))
        for value in values("HINDRANCE"):
            yield Seen(client["org_id"], {"HINDRANCE": value.code}, int(value.code in factors), 1, only=("HINDRANCE",))


def education_of_the_young(register: Register, period: Period, day: date) -> Iterable[Seen]:
    for client, plan in _drawn_up(register, period, day):
        born, on = client["birth_date"], plan["drawn_up_date"]
        # Who was born on 29 February is 25 on the 28th of a common year.
        turns = date(born.year + 25, born.month, 28 if (born.month, born.day) == (2, 29) else born.day)
        if on < turns:
            goals = {row["goal_type"] for row in register.of("goal", client["id"]) if row["plan_id"] == plan["id"]}
            yield Seen(client["org_id"], {}, int("UPPER_SECONDARY" in goals), 1)


ORACLES: dict[str, Oracle] = {
    "I02": integration_clients,
    "I20": drawn_up, "I21": delay, "I22": in_three_years, "I23": referred, "I24": reviewed_in_time, "I25": reviews_late, "I26": duration, "I27": extended,
    "I28": near_maximum, "I29": ended_by_reason, "I30": goals_reached, "I31": with_county, "I32": hindered, "I33": education_of_the_young, "I60": to_work,
}  # fmt: skip
