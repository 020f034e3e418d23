"""The banners of a page, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from flask import g
from flask_babel import format_time
from flask_babel import gettext as _

from app.notices.queries import announced_to_reader
from app.notices.rules import INFORMATION, OUTAGE, Announced
from app.web.language import current_language


@dataclass(frozen=True)
class Banner:
    """A banner as the page draws it; `time` says when the service is out of use."""

    id: str
    title: str
    text: str
    time: str
    kind: str
    is_dismissible: bool


def _day(moment: datetime) -> str:
    return f"{moment.day}.{moment.month}."


def outage_words(begins: datetime, ends: datetime, today: date) -> str:
    """Say when the service is out of use, by the clock of Finland: today, or with the days."""
    begins, ends = begins.astimezone(), ends.astimezone()
    times = {"begins": format_time(begins, "short"), "ends": format_time(ends, "short")}
    if begins.date() == ends.date() == today:
        return _("Out of use today %(begins)s–%(ends)s.", **times)
    if begins.date() == ends.date():
        return _("Out of use on %(day)s %(begins)s–%(ends)s.", day=_day(begins), **times)
    return _("Out of use from %(first)s %(begins)s to %(last)s %(ends)s.", first=_day(begins), last=_day(ends), **times)


def _banner(announced: Announced, *, may_dismiss: bool) -> Banner:
    title, text = announced.texts[current_language()]
    is_outage = announced.kind == OUTAGE and announced.outage_from is not None and announced.outage_to is not None
    time = outage_words(announced.outage_from, announced.outage_to, date.today()) if is_outage else ""  # type: ignore[arg-type]
    is_information = announced.kind == INFORMATION
    return Banner(announced.id, title, text, time, "info" if is_information else "warning", is_information and may_dismiss)


def banners() -> list[Banner]:
    """Give the banners of this page."""
    found = announced_to_reader()
    # Asking Flask-Login instead would go to the database, which an error page must not.
    return [_banner(one, may_dismiss="person_name" in g) for one in found]
