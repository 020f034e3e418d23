"""Lists and show pages of generated views."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import abort, redirect, request
from flask_appbuilder import expose
from flask_appbuilder.security.decorators import has_access
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select

from app.access.visibility import offered_columns, prepare, visible_columns, watched_columns
from app.audit.record import record_event
from app.db.base import db
from app.web.archive import is_archived
from app.web.declarations import Tab
from app.web.display import shown, shown_whole
from app.web.export import ExportMixin
from app.web.listing import Page, address, listed, page_of
from app.web.table import Column, Row
from app.web.transaction import client_ids_of, version_of
from app.web.whose import CLIENT_NAME

RELATED_ROWS = 20


def count_text(page: Page) -> str:
    """Say how many entries there are without counting them all."""
    return _("Over 1,000 entries") if page.is_capped else ngettext("%(num)d entry", "%(num)d entries", page.count)


class ReadingMixin(ExportMixin):
    """Reads leave an event in the transaction that shows the rows: no event, no page."""

    def page_asked(self) -> tuple[Page, dict[str, Any] | None]:
        """Run the list's query as the address asks for it; gives the page and the search box."""
        model, query = self.datamodel.obj, self.restricted(listed(self.datamodel.obj))
        panel = self.filter_panel()
        query, search = self.searched(panel.narrowed(self.under_parent(query)))
        page = page_of(db.session, model, query, allowed=self.orders_offered(), default=self.base_order, size=self.rows_per_page())
        sought = search["criteria"] if search else ()
        return replace(page, criteria=(*panel.in_use(), *sought), is_search=bool(sought)), search

    def _filters_shown(self) -> dict[str, Any] | None:
        panel = self.filter_panel()
        if not panel.filters:
            return None
        chips = [{"text": chip.text, "url": self.url("list", **panel.without(chip).to_dict(flat=False))} for chip in panel.chips()]
        kept = [(name, value) for name, value in panel.cleared().items(multi=True)]
        return {"chips": chips, "controls": panel.controls(), "kept": kept, "action": self.url("list"), "by_name": self.limits_by_name(),
                "clear_url": self.url("list", **panel.cleared().to_dict(flat=False)) if chips else None}  # fmt: skip

    def note_list(self, page: Page, *named: str) -> None:
        """Record who was seen in a list; the caller commits."""
        name = f"{self.event}:searched" if page.is_search else f"{self.event}:listed"
        record_event(db.session, name, client_ids={*named, *(key for row in page.rows for key in client_ids_of(row))}, criteria=page.criteria, hits=page.count)

    def columns_for(self, columns: Any, page: Page | None = None) -> list[Column]:
        result, orders = [], self.orders_offered() if page is not None else ()
        for name in columns:
            order = (page and page.order == name and ("desc" if page.is_descending else "asc")) or None
            url = None
            if name in self.order_columns and name in orders:
                url = address(order=name, direction="desc" if order == "asc" else "asc", after=None)
            result.append(Column(name, str(self.label_columns[name]), order, url, self.language_of.get(name)))
        return result

    def rows_for(self, items: Any, columns: Any) -> list[Row]:
        """Give the rows of a table; what is the same for each row is asked once."""
        prepare(items)
        # The key stands last in the address of a row.
        show = self.url("show", pk="0")[:-1] if self.may("show") else None
        watched = watched_columns(self.datamodel.obj, columns)
        texts = [(name, shown if name in watched else shown_whole) for name in columns]
        tags = [self.tags.get(name) for name in columns] if self.tags else ()
        return [
            Row(item.id, f"{show}{item.id}" if show else None, [text(item, name) for name, text in texts], [tag and tag(item) for tag in tags])
            for item in items
        ]  # fmt: skip

    def groups_for(self, item: Any) -> list[dict[str, Any]]:
        sets = self.show_fieldsets or [(None, {"fields": self.show_columns})]
        return [
            {"title": title, "items": [{"label": self.label_columns[n], "text": shown(item, n), "lang": self.language_of.get(n)} for n in names]}
            for title, names in ((title, visible_columns(item, part["fields"])) for title, part in sets)
        ]

    def related_order(self) -> tuple[Any, ...]:
        """Give what a related list is ordered by: what the list is, unless a feature knows better what is wanted first."""
        order = getattr(self.datamodel.obj, self.base_order[0])
        return (order.desc() if self.base_order[1] == "desc" else order,)

    def related_list(self, parent: Any, column: str, argument: str) -> dict[str, Any]:
        """Give a related list of at most `RELATED_ROWS` rows: one statement, no count."""
        model = self.datamodel.obj
        query = select(model).where(getattr(model, column) == parent.id).order_by(*self.related_order(), model.id).limit(RELATED_ROWS + 1)
        rows = list(db.session.scalars(query))
        names = [name for name in offered_columns(model, self.related_columns or self.list_columns) if name != CLIENT_NAME]
        return {
            "title": self.list_title, "columns": self.columns_for(names), "rows": self.rows_for(rows[:RELATED_ROWS], names),
            "add_url": self.url("add", **{argument: parent.id}) if self.may("add") and self.can_add_under(parent) else None,
            "add_label": self.add_title, "empty_text": _("No entries yet."),
            "more_url": self.url("list", **{argument: parent.id}) if len(rows) > RELATED_ROWS else None,
        }  # fmt: skip

    def bulk_actions(self) -> list[dict[str, Any]]:
        """Give the actions on ticked rows that the reader may run."""
        has_access = self.appbuilder.sm.has_access
        return [
            {"name": name, "label": found.text}
            for name, found in self.actions.items()
            if found.multiple and has_access(self.get_action_permission_name(name), self.class_permission_name)
        ]

    def _tab_asked(self) -> Tab | None:
        """Give the tab of the address, the first one without; an unknown one answers 404."""
        if not self.tabs:
            return None
        key = request.args.get("tab", self.tabs[0].key)
        return next((tab for tab in self.tabs if tab.key == key), None) or abort(404)

    def _tab_links(self, item: Any, current: Tab | None) -> list[dict[str, Any]]:
        """Give the tabs that hold something the reader may see."""
        return [
            {"label": tab.label, "url": self.url("show", pk=item.id, **({"tab": tab.key} if number else {})), "is_current": tab is current}
            for number, tab in enumerate(self.tabs)
            if not number or tab.groups or any(self.registered(related).may("list") for related in tab.related)
        ]

    def _related_of(self, item: Any, related: Any) -> list[dict[str, Any]]:
        found = []
        for view_class in related:
            view = self.registered(view_class)
            if view.may("list") and view.parent is not None:
                found.append(view.related_list(item, view.parent.column, view.parent.argument))
        return found

    def _may_now(self, action: str, item: Any) -> bool:
        return self.may(action) and self.may_change(item) and not is_archived(item)

    def edit_button(self, item: Any) -> list[dict[str, Any]]:
        """Give the button that leads to the form, where the record may be changed now."""
        if not self._may_now("edit", item):
            return []
        return [{"label": _("Edit"), "url": self.url("edit", pk=item.id), "method": "get", "kind": "secondary", "confirm_text": None}]

    def last_buttons(self, item: Any) -> list[dict[str, Any]]:
        """Give the buttons that take away, which stand last, where no hand falls on them by habit."""
        if not self._may_now("delete", item):
            return []
        return [{"label": _("Delete"), "url": self.url("delete", pk=item.id), "method": "post", "kind": "danger", "confirm_text": self.delete_question}]

    @expose("/list/")
    @has_access
    def list(self) -> Any:
        settled = self.filter_panel().settled()
        if settled != request.args:
            # The panel sends every field; the address that is shared holds only what is in use.
            return redirect(self.url("list", **settled.to_dict(flat=False)), 303)
        page, search = self.page_asked()
        whose = self.whose_under(self.parent_or_404()) if self.is_under_parent() else None
        names = self.chosen_columns()
        columns, rows = self.columns_for(names, page), self.rows_for(page.rows, names)
        self.tell_matches(search["value"] if search else None, page.rows, columns, rows)
        html = self.render_template(
            "koto/list.html", title=self.list_title, lead=self.list_lead, whose=whose, columns=columns, rows=rows, count_text=count_text(page), search=search, filters=self._filters_shown(),
            next_url=address(after=page.next_after) if page.next_after else None,
            first_url=address(after=None) if request.args.get("after") else None,
            add_url=self.add_address() if self.may(self.add_permission) and self.parent is None else None, add_label=self.add_title,
            switch=self.list_switch(), settings=self.settings_shown(), bulk_actions=self.bulk_actions(), bulk_url=self.url("action_post", **request.args.to_dict(flat=False)),
        )  # fmt: skip
        self.note_list(page, *([whose.client_id] if whose else ()))
        db.session.commit()
        return html

    @expose("/show/<pk>", methods=["GET"])
    @has_access
    def show(self, pk: str) -> Any:
        item, tab = self.row_or_404(pk), self._tab_asked()
        if (instead := self.shown_instead(item)) is not None:
            return instead
        is_overview = bool(self.overview_of) and (tab is None or tab is self.tabs[0])
        parts = self.overview_of(item, self.appbuilder.sm.has_access) if is_overview else {}
        prepare([item])
        groups = [group for number, group in enumerate(self.groups_for(item)) if group["items"] and (tab is None or number in tab.groups)]
        act = [parts["act"]] if parts.get("act") else []
        html = self.render_template(
            self.show_template, title=self.title_of(item), subtitle=self.subtitle_of(item), whose=self.whose_of(item), groups=groups,
            buttons=[*act, *self.buttons(item), *self.edit_button(item), *self.restricted_buttons(item), *self.history_buttons(item),
                     *(found for more in self.more_buttons for found in more(item)), *self.last_buttons(item)], glance=self.glance_of(item) if self.glance_of else None,
            related=self._related_of(item, tab.related if tab else self.related), tabs=self._tab_links(item, tab),
            panels=parts.get("panels"), **self.more_of(item),
        )  # fmt: skip
        self.record_reading(item)
        db.session.commit()
        return html

    def shown_instead(self, item: Any) -> Any:
        """Give another page for a row that is not shown as the others are, None to show it."""
        return None

    def record_reading(self, item: Any) -> None:
        """Record that the row was shown; a view of which some parts are a deed of their own names that deed."""
        record_event(db.session, f"{self.event}:read", client_ids=client_ids_of(item), row_id=str(item.id), version=version_of(item))
