"""What an event says of figures that were taken out: which, of where and when, in which form and for what; codes only."""

from __future__ import annotations

from app.reports.areas import AsOf
from app.reports.figures import Question


def criteria_of(question: Question, form: str, purpose: str) -> list[str]:
    """Give what the event `report:exported` holds; `purpose` is a code of REPORT_PURPOSE."""
    first, last = question.periods[0], question.periods[-1]
    return [
        f"indicator={question.indicator}", f"level={question.level}", f"area={question.area or 'ALL'}", f"period={first if first == last else f'{first}..{last}'}",
        f"by={question.dimension or '-'}", *(["areas=then"] if question.as_of is AsOf.THEN else []), f"form={form}", f"purpose={purpose}",
    ]  # fmt: skip
