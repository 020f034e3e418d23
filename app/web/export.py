"""The list as it is narrowed, as a file: an export is a disclosure, so it has an event of its own, a limit and a right."""

from __future__ import annotations

import csv
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

from flask import Response, abort, flash, redirect, request
from flask_appbuilder import expose
from flask_appbuilder.security.decorators import has_access
from flask_babel import gettext as _

from app.access.visibility import prepare, sight_of
from app.audit.record import record_event
from app.core.plain_book import PlainBook
from app.core.spreadsheets import as_text
from app.db.base import db
from app.web.display import shown
from app.web.limit_by_name import LimitByNameMixin
from app.web.list_settings import ListSettingsMixin
from app.web.listing import listed, order_asked
from app.web.search import SearchMixin
from app.web.transaction import client_ids_of

ROWS_AT_MOST = 5000
FILE_TYPES = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def as_csv(rows: list[list[Any]]) -> bytes:
    """Give rows as CSV in UTF-8 with a mark that spreadsheets know it by; days as they are shown, no text a formula."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";")
    for row in rows:
        writer.writerow([as_text(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(rows: list[list[Any]]) -> bytes:
    """Give rows as a workbook with a fixed heading row; every text is written as text, days as days, numbers as numbers."""
    file = BytesIO()
    with PlainBook(file) as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        day = book.add_format({"num_format": "d.m.yyyy"})
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, date) and not isinstance(cell, datetime):
                    sheet.write_datetime(at, column, datetime(cell.year, cell.month, cell.day), day)
                elif isinstance(cell, int | float | Decimal):
                    sheet.write_number(at, column, cell)
                else:
                    sheet.write_string(at, column, str(cell), bold if at == 0 else None)
        sheet.freeze_panes(1, 0)
        sheet.autofit()
    return file.getvalue()


def file_of(form: str, rows: list[list[Any]], name: str) -> Response:
    """Give rows as the file `name` in one of `FILE_TYPES`, to be kept by the reader."""
    answer = Response((as_csv if form == "csv" else as_xlsx)(rows), mimetype=FILE_TYPES[form])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return answer


class ExportMixin(SearchMixin, LimitByNameMixin, ListSettingsMixin):
    """Offers the export to those who hold `can_export`; rows that `exportable` leaves out are told of, never silently."""

    def exportable(self, items: list[Any]) -> list[Any]:
        """Give the rows that may leave the system in a file."""
        return items

    def _rows_asked(self) -> tuple[list[Any], list[str]]:
        """Give the rows of the narrowed list, and the names of what it is narrowed by."""
        model, panel = self.datamodel.obj, self.filter_panel()
        query, search = self.searched(panel.narrowed(self.under_parent(self.restricted(listed(model)))))
        name, is_descending = order_asked(self.orders_offered(), self.base_order)
        ordering = (getattr(model, name), model.id)
        rows = db.session.scalars(query.order_by(*(part.desc() for part in ordering) if is_descending else ordering).limit(ROWS_AT_MOST + 1))
        return list(rows), [*panel.in_use(), *(search["criteria"] if search else ())]

    def _cell(self, item: Any, name: str, form: str) -> Any:
        value = getattr(item, name)
        is_kept = sight_of(item, name).is_whole and isinstance(value, date | int | float | Decimal) and not isinstance(value, datetime | bool)
        return value if form == "xlsx" and is_kept else shown(item, name)

    @expose("/export", methods=["POST"])
    @has_access
    def export(self) -> Any:
        """Give the narrowed list in the reader's columns as `csv` or `xlsx`."""
        form = request.form.get("form", "")
        if form not in FILE_TYPES:
            abort(400)
        found, criteria = self._rows_asked()
        if len(found) > ROWS_AT_MOST:
            flash(_("A file holds at most %(number)d rows. Narrow the list first.", number=ROWS_AT_MOST), "danger")
            return redirect(self.url("list", **request.args.to_dict(flat=False)), 303)
        kept = self.exportable(found)
        prepare(kept)
        columns = self.chosen_columns()
        rows: list[list[Any]] = [[str(self.label_columns[name]) for name in columns]]
        rows += [[self._cell(item, name, form) for name in columns] for item in kept]
        if len(kept) < len(found):
            rows.append([_("Left out for a protected address: %(number)d", number=len(found) - len(kept))])
        answer = file_of(form, rows, f"koto-{self.route_base.strip('/')}-{date.today().isoformat()}")
        record_event(db.session, f"{self.event}:exported", client_ids={key for item in kept for key in client_ids_of(item)}, criteria=criteria, hits=len(kept))
        db.session.commit()
        return answer
