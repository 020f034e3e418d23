"""The page that shows two versions of an entry and of the rows in its form, and what is done with the answer."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_babel import gettext as _

from app.audit.record import record_event
from app.db.base import db
from app.web.conflict import CHOSEN, TAKE, Difference, Part, carried, differences, who_saved, with_choices
from app.web.declarations import Declarations
from app.web.drafts import place_of_form
from app.web.form_page import FormPage
from app.web.forms import without_secrets
from app.web.transaction import client_ids_of, version_of


class ConflictMixin(Declarations):
    """Nobody's text is overwritten unseen: the later writer chooses field by field."""

    def is_stale(self, form: Any, item: Any) -> bool:
        """Tell whether somebody saved the row after this form was opened."""
        return bool(form["version_seen"].data != str(item.version))

    def _parts(self, saved: Any, typed: Any, page: FormPage, item: Any) -> list[Part]:
        """Give the form's own entry, then each saved row in it."""
        own = Part("", str(item.version), self.is_stale(typed, item), differences(saved, typed, page.fields), item)
        return [own, *(row.part() for group in typed.row_groups for row in group.rows if row.item_id)]

    def _asked(self, parts: list[Part]) -> list[Difference]:
        return [pair for part in parts if part.is_asked(request.form) for pair in part.pairs]

    def must_choose(self, saved: Any, typed: Any, page: FormPage, item: Any) -> bool:
        """Tell whether two versions still wait for a choice: one is newer, or a choice on the conflict page is missing."""
        parts = self._parts(saved, typed, page, item)
        if any(part.is_stale for part in parts):
            return True
        return CHOSEN in request.form and any(TAKE + pair.name not in request.form for pair in self._asked(parts))

    def sent_form(self, form_class: Any, **prefill: Any) -> Any:
        """Give the form as it was sent, with the saved values where the reader chose them on the conflict page."""
        saved = form_class(formdata=None, **prefill)
        return form_class(formdata=with_choices(request.form, saved), **prefill), saved

    def conflict_page(self, saved: Any, typed: Any, page: FormPage, item: Any) -> Any:
        """Show both versions of what differs; the reader chooses field by field, and of a removed row as a whole."""
        parts = self._parts(saved, typed, page, item)
        asked = self._asked(parts)
        pairs = [
            {"name": pair.name, "label": pair.label, "saved": pair.saved, "typed": pair.typed, "chosen": request.form.get(TAKE + pair.name)}
            for pair in asked
        ]  # fmt: skip
        marks = {name: value for part in parts if part.is_asked(request.form) for name, value in part.marks().items()}
        fields = [(name, value) for name, value in carried(request.form, [pair.name for pair in asked]) if name not in marks]
        html = self.render_template(
            "koto/conflict.html", title=_("Two versions of the same entry"), lead=self._who(parts, item), pairs=pairs,
            missing=[pair for pair in pairs if CHOSEN in request.form and not pair["chosen"]],
            carried=[*without_secrets(fields), *({"_version": str(item.version)} | marks).items()],
            form_action=place_of_form(), cancel_url=page.cancel_url, main_form="main-form",
        )  # fmt: skip
        record_event(db.session, f"{self.event}:opened", client_ids=client_ids_of(item), row_id=str(item.id), version=version_of(item))
        db.session.commit()
        return html, 409

    def _who(self, parts: list[Part], item: Any) -> str:
        stale = [part for part in parts if part.is_stale]
        if stale and all(part.item is None for part in stale):
            return _("Somebody else removed a row of this entry while you were writing.")
        return who_saved(db.session, next((part.item for part in stale if part.item is not None), item))
