"""The history of a record: its versions, two of them compared, and an earlier one restored as a new version."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import abort, flash, redirect, request
from flask_appbuilder import expose
from flask_appbuilder.security.decorators import has_access, permission_name
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from app.access.visibility import sight_of
from app.db.base import db
from app.db.types import new_id
from app.history.queries import Version, names_of_people, versions_of
from app.history.record import is_kept, mark_restored
from app.web.conflict import as_sent, as_typed, who_saved
from app.web.history_page import Field, Fields
from app.web.receipts import token_sent
from app.web.writing import WritingMixin

AT_ONCE = 50


def _number(name: str) -> int | None:
    """Give the number of a version that the address names, None for none; a text that is no number answers 400."""
    text = request.args.get(name, "")
    if text and not (text.isascii() and text.isdigit() and len(text) < 7):
        abort(400)
    return int(text) if text else None


class HistoryMixin(WritingMixin):
    """Gives every view of records that versions are kept of their pages; nothing is declared for it."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        interface = getattr(cls, "datamodel", None)
        if interface is None or not is_kept(interface.obj):
            cls.exclude_route_methods = {*cls.exclude_route_methods, "history", "restore"}
            return
        cls.exclude_route_methods = {*cls.exclude_route_methods} - {"history", "restore"}
        if "can_history" not in cls.base_permissions:
            cls.base_permissions = [*cls.base_permissions, "can_history"]

    def history_buttons(self, item: Any) -> list[dict[str, Any]]:
        """Give the button that leads to the record's versions, to who may read them."""
        if not is_kept(type(item)) or not self.may("history"):
            return []
        return [{"label": _("History"), "url": self.url("history", pk=item.id), "method": "get", "kind": "secondary", "confirm_text": None}]

    def _fields(self, item: Any) -> Fields:
        return Fields(self, item, partial(names_of_people, db.session))

    @expose("/history/<pk>", methods=["GET"])
    @has_access
    def history(self, pk: str) -> Any:
        """Show the versions of a record, and beside each other those two that the address names."""
        item = self.row_or_404(pk)
        earlier, later = _number("earlier"), _number("later")
        if earlier is not None or later is not None:
            return self._comparison(item, earlier, later)
        found = versions_of(db.session, item, before=_number("before"), limit=AT_ONCE + 1)
        fields = self._fields(item)
        fields.read_people(found)
        rows = fields.told(found)[:AT_ONCE]
        for row in rows:
            row["is_newest"] = _number("before") is None and row is rows[0]
            row["url"] = self.url("history", pk=pk, earlier=row["number"])
        html = self.render_template(
            "koto/history.html", title=_("History of this entry"), lead=self.title_of(item), whose=self.whose_of(item), versions=rows, action=self.url("history", pk=pk),
            options=[(str(row["number"]), _("Version %(number)s, %(moment)s", number=row["number"], moment=row["when"])) for row in rows],
            older_url=self.url("history", pk=pk, before=rows[-1]["number"]) if len(found) > AT_ONCE else None, back_url=self.url("show", pk=pk),
        )  # fmt: skip
        return self._read(item, html)

    def _read(self, item: Any, html: Any) -> Any:
        """Record that the record was read, and give the page."""
        self.record_reading(item)
        db.session.commit()
        return html

    def _version_or_404(self, item: Any, number: int) -> Version:
        """Give a version by its number; one that stood before the first kept change is found with that change."""
        found = versions_of(db.session, item, before=number + 2, limit=2)
        found = found or versions_of(db.session, item, limit=1)
        return next((version for version in found if version.number == number), None) or abort(404)

    def _comparison(self, item: Any, earlier: int | None, later: int | None) -> Any:
        """Show two versions side by side; without a later one, the newest."""
        newest = versions_of(db.session, item, limit=1)[0]
        new = newest if later is None or later == newest.number else self._version_or_404(item, later)
        old = newest if earlier in (None, newest.number) else self._version_or_404(item, earlier or 0)
        if old.number > new.number:
            old, new = new, old
        fields = self._fields(item)
        fields.read_people([old, new])
        pairs = fields.compared(old.values, new.values)
        may_restore = new is newest and old is not newest and self.may("edit") and self.may_change(item)
        html = self.render_template(
            "koto/history_comparison.html", title=_("Two versions of this entry"), lead=self.title_of(item), whose=self.whose_of(item),
            heads=[_("Version %(number)s", number=version.number) for version in (old, new)], told=fields.told([new, old]),
            changed=[pair for pair in pairs if pair.is_changed], unchanged=[pair for pair in pairs if not pair.is_changed],
            restore_url=self.url("restore", pk=item.id, version=old.number) if may_restore else None,
            is_locked=self.may("edit") and not self.may_change(item), back_url=self.url("history", pk=item.id),
        )  # fmt: skip
        return self._read(item, html)

    # -- restoring ---------------------------------------------------------------------------------

    @expose("/restore/<pk>", methods=["GET", "POST"])
    @has_access
    @permission_name("edit")
    def restore(self, pk: str) -> Any:
        """Show what restoring a version would change, then write it as a new version by the rules of the edit form."""
        item = self.changeable_or_409(pk)
        if not self.may("history"):
            abort(403)
        number = _number("version")
        version = self._version_or_404(item, number) if number is not None else abort(400)
        if request.method == "GET" or self.language_asked():
            return self._restore_page(item, version)
        if done := self.done_before():
            return done
        if request.form.get("_version") != str(item.version):
            return self._restore_page(item, version, [who_saved(db.session, item)], 409)
        form = self._restored_form(item, version)
        mark_restored(db.session, item)
        if not self.changed(form, item):
            db.session.rollback()
            return self._restore_page(self.row_or_404(pk), version, _sentences(form), 422)
        flash(_("The earlier version is in force again, as a new version."), "success")
        return redirect(self.place_after(item), 303)

    def _restored_form(self, item: Any, version: Version) -> Any:
        """Give the edit form as if somebody had typed the version's values into it; what the reader does not see stays as it is."""
        form_class = self.form_of("edit", item)
        saved = form_class(formdata=None, obj=self.as_saved(item), meta={"csrf": False})
        typed: MultiDict[str, str] = MultiDict()
        for field in saved:
            name = field.name
            is_seen = name in version.values and sight_of(item, name).is_whole
            value = as_typed(version.values[name]) if is_seen else as_sent(field)
            if value is not None:
                typed[name] = value
        form = form_class(formdata=typed, obj=self.as_saved(item), meta={"csrf": False})
        form.row_groups = ()
        return form

    def _restore_page(self, item: Any, version: Version, errors: Any = (), status: int = 200) -> Any:
        fields = self._fields(item)
        now = versions_of(db.session, item, limit=1)[0]
        fields.read_people([now, version])
        names = self.form_of("edit", item)().data.keys() & version.values.keys()
        present = {name: getattr(item, name) for name in version.values}
        wanted = {name: value if name in names else present[name] for name, value in version.values.items()}
        changed: list[Field] = [pair for pair in fields.compared(present, wanted) if pair.is_changed]
        html = self.render_template(
            "koto/history_restore.html", title=_("Restore version %(number)s", number=version.number), lead=self.title_of(item), whose=self.whose_of(item), errors=errors,
            changed=changed, version=item.version, form_token=token_sent() if not errors and token_sent() else new_id(), form_action=request.full_path,
            cancel_url=self.url("history", pk=item.id), heads=[_("Now"), _("After restoring")], main_form="main-form",
        )  # fmt: skip
        return self._read(item, html), status


def _sentences(form: Any) -> list[str]:
    """Give what the rules say against the form, with the names of the fields."""
    return [*map(str, form.form_errors), *(f"{field.label.text}: {text}" for field in form for text in field.errors)]
