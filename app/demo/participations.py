"""What became of the services of invented plans: referrals, hours, interruptions and final tests, under the rules of people's entries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from app.deadlines.amounts import amount
from app.demo.draw import Draw, working_day
from app.demo.rows import ClientRows
from app.demo.source import texts
from app.services.models import LanguageTestResult, ServiceHours, ServiceInterruption, ServiceParticipation
from app.services.rules import INTEGRATION_TRAINING, ORIENTATION

_BEFORE = ("REFERRED", "QUEUED", "ACCEPTED", "NOT_STARTED", "CANCELLED")
_LEVELS = ("A1.2", "A1.3", "A2.1", "A2.2", "B1.1", "B1.2", "B2.1")
# How far a part of a test is from the others.
_NEAR = "-1:2 0:6 1:2"
_WHY = "HEALTH:4 CHILDCARE:4 FAMILY:3 WORK:3 MOTIVATION:1 TRANSPORT:1"


@dataclass(frozen=True, kw_only=True)
class Taken:
    """A service of a plan as it was drawn, with the day its plan was agreed."""

    key: str
    kind: str
    status: str
    agreed: date
    starts: date
    ends: date


class Participations:
    """The participations of one client, drawn from a stream of their own."""

    def __init__(self, rows: ClientRows, draw: Draw, written: str, today: date) -> None:
        self._rows, self._draw, self._written, self._today = rows, draw, written, today
        self._is_tested = False

    def add(self, taken: Taken) -> None:
        """Add the record of a service that has left the plan's paper, and what stands under it."""
        if taken.status == "PLANNED":
            return
        draw, last = self._draw, min(self._today, taken.ends)
        referred = min(last, taken.starts, taken.agreed + timedelta(days=draw.number(1, 27)))
        started = None if taken.status in _BEFORE else max(referred, min(taken.starts, last))
        ended = max(started, last) if started and taken.status in ("COMPLETED", "DISCONTINUED") else None
        self._rows.add(
            ServiceParticipation, referred, planned_service_id=taken.key, referred_on=None if taken.status == "CANCELLED" else referred,
            enrolled_on=referred if taken.status == "ACCEPTED" else None, started_on=started, ended_on=ended,
            end_reason=draw.of(_WHY) if taken.status in ("DISCONTINUED", "NOT_STARTED") else None,
            provider_feedback=draw.one(texts("service:feedback", self._written)) if ended and draw.chance(0.6) else None,
            **self._of_kind(taken, ended),
        )  # fmt: skip
        if started:
            self._hours(taken, started, ended or last)
        if started and (taken.status == "PAUSED" or draw.chance(0.15)):
            began = draw.between(started, last)
            until = None if taken.status == "PAUSED" else draw.between(began, last)
            self._rows.add(ServiceInterruption, began, planned_service_id=taken.key, from_on=began, to_on=until, reason=draw.of(_WHY))

    def _of_kind(self, taken: Taken, ended: date | None) -> dict[str, object]:
        draw = self._draw
        if taken.kind == ORIENTATION:
            return {"language": draw.of("ar:3 ru:2 uk:2 so:2 fa:1"), "mode": draw.of("ON_SITE:5 MIXED:3 REMOTE:2"), "interpreted": draw.chance(0.3)}
        if taken.kind not in INTEGRATION_TRAINING:
            return {}
        has_test = taken.status == "COMPLETED" and ended is not None and not self._is_tested and draw.chance(0.85)
        if has_test and ended:
            self._test(ended)
        return {
            "starting_level": draw.of("ALLE_A1.1:3 A1.1:5 A1.2:3 A1.3:1"),
            "next_steps": draw.one(texts("service:next", self._written)) if ended else None,
            "no_test_reason": None if has_test or taken.status != "COMPLETED" else draw.one(texts("service:no_test", self._written)),
        }  # fmt: skip

    def _test(self, on: date) -> None:
        self._is_tested = True
        middle = int(self._draw.of("1:2 2:5 3:5 4:4 5:2"))
        parts = {part: _LEVELS[middle + int(self._draw.of(_NEAR))] for part in ("listening", "reading", "speaking", "writing")}
        self._rows.add(LanguageTestResult, on, test="FINAL_TEST", language=self._written, tested_on=on, source="DOCUMENT", **parts)

    def _hours(self, taken: Taken, started: date, last: date) -> None:
        """Add the hours of at most three periods; orientation that is completed reaches its hours."""
        draw, first, number = self._draw, started, _periods(started, last)
        least = int(amount("ORIENTATION_HOURS", last))
        for place in range(number):
            until = last if place == number - 1 else min(last, working_day(first + timedelta(days=29)))
            most = 24 * ((until - first).days + 1)
            planned = min(most, -(-least // number) if taken.kind == ORIENTATION else draw.number(40, 110))
            attended = planned if taken.status == "COMPLETED" else draw.number(planned // 2, planned)
            module = draw.of("kielijaviestintaosaaminen:6 yhteiskuntajatyoelamaosaaminen:3 ohjaus:1") if taken.kind in INTEGRATION_TRAINING else None
            self._rows.add(ServiceHours, until, planned_service_id=taken.key, from_on=first, to_on=until, module=module,
                           hours_planned=Decimal(planned), hours_attended=Decimal(attended))  # fmt: skip
            first = until + timedelta(days=1)


def _periods(first: date, last: date) -> int:
    """Give how many periods of a month there is room for, three at most."""
    return max(1, min(3, (last - first).days // 30))
