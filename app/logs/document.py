"""The document for the client: who has handled the data in a period, in Finnish or in Swedish."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from flask import render_template
from flask_babel import force_locale, format_date, format_datetime
from flask_babel import gettext as _

from app.core.pdf import tagged_pdf
from app.logs.display import ShownAct, shown_act
from app.logs.labels import ACT, PAPER
from app.logs.queries import Act, Period

# More than a person reads; making longer ones takes a worker of the service for tens of seconds.
ROWS_AT_MOST = 1000


@dataclass(frozen=True, kw_only=True)
class LogDocument:
    """Texts in one language; `words` are those of the page, `columns` name the table's."""

    language: str
    facts: Sequence[tuple[str, str]]
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    words: Mapping[str, str]
    is_cut: bool
    controller: str


def log_document(acts: Sequence[Act], period: Period, *, language: str, client: str | None, number: str, controller: str, on: datetime,
                 with_names: bool) -> LogDocument:  # fmt: skip
    """Put the acts into words of `language`; `client` is the name, None when the reader may not see it."""
    with force_locale(language):
        words = {name: str(text) for name, text in PAPER.items()}
        period_text = _("%(first)s to %(last)s", first=format_date(period.first), last=format_date(period.last))
        facts = [(words["client"], client), (words["number"], number), (words["controller"], controller), (words["period"], period_text),
                 (words["made"], format_datetime(on, "short")), (words["entries"], str(min(len(acts), ROWS_AT_MOST)))]  # fmt: skip
        names = [name for name in ACT if name != "who" or with_names]
        rows = [shown_act(act, language) for act in acts[:ROWS_AT_MOST]]
        return LogDocument(
            language=language, facts=[(name, text) for name, text in facts if text], columns=[str(ACT[name]) for name in names],
            rows=[_cells(row, names) for row in rows], words=words if not with_names else {**words, "without_names": ""},
            is_cut=len(acts) > ROWS_AT_MOST, controller=controller,
        )  # fmt: skip


def log_html(document: LogDocument) -> str:
    """Give the page from which the PDF is made; nothing in it points outside itself."""
    with force_locale(document.language):
        page = _("Page %(page)s of %(pages)s", page="{page}", pages="{pages}")
        return render_template("koto/log_document.html", document=document, page_parts=re.split(r"(\{pages?\})", page))


def log_pdf(html: str) -> bytes:
    """Make the PDF; no transaction should be open meanwhile."""
    return tagged_pdf(html, _css())


@cache
def _css() -> str:
    return (Path(__file__).parent / "log.css").read_text(encoding="utf-8")


def _cells(row: ShownAct, names: Sequence[str]) -> list[str]:
    return [getattr(row, name) for name in names]
