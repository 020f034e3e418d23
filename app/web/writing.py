"""Add, edit, delete and the steps of a process: what was typed is never lost, and each change commits with its event."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache
from typing import Any

from flask import abort, flash, g, redirect, request
from flask_appbuilder import expose
from flask_appbuilder.security.decorators import has_access
from flask_babel import format_datetime
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from app.access.actor import current_actor
from app.audit.record import record_event
from app.db.base import db
from app.db.types import new_id
from app.web.confirmation import BACK, ConfirmationMixin
from app.web.conflict import CHOSEN, with_choices
from app.web.conflict_pages import ConflictMixin
from app.web.drafts import draft_at, drop_draft, place_of_form
from app.web.form_page import FormPage, grouped
from app.web.language import speak
from app.web.receipts import saved_before, token_sent, write_receipt
from app.web.rows import PRESSED, RowGroup, pressed
from app.web.transaction import Change, client_ids_of, keep_changes, remove, version_of
from app.web.whose import place_under


@cache
def _narrowed(form_class: Any, names: frozenset[str]) -> Any:
    """Give a form class less some fields: WTForms takes a field that is None for one that is not there."""
    return type(form_class.__name__, (form_class,), dict.fromkeys(names))


class WritingMixin(ConflictMixin, ConfirmationMixin):
    """One transaction per change; a refusal shows the form again as typed."""

    def form_page(self, form: Any, page: FormPage, status: int = 200) -> Any:
        draft = g.get("draft")
        html = self.render_template(
            "koto/form.html", title=page.title, lead=page.lead, whose=page.whose, form=form, groups=page.groups, form_action=place_of_form(),
            cancel_url=page.cancel_url, submit_label=page.submit_label or _("Save"), main_form="main-form", told=page.told,
            form_token=token_sent() or new_id(), draft_from=draft and format_datetime(draft.changed_at, "short"),
        )  # fmt: skip
        return html, status

    def fresh_form(self, form_class: Any, **prefill: Any) -> Any:
        """Give the form as it is first shown: with the draft the actor left here, else with the values given."""
        actor = current_actor()
        g.draft = draft_at(db.session, actor, place_of_form()) if actor else None
        return form_class(formdata=g.draft.formdata if g.draft else None, **prefill)

    def done_before(self) -> Any:
        """Give the way to the result when this very form was saved already, else None."""
        return saved_before(db.session, current_actor(), token_sent())

    def settle(self, location: str) -> None:
        """Write the form's receipt and drop its draft, in the transaction that saves it."""
        actor = current_actor()
        if actor:
            write_receipt(db.session, actor, location)
            drop_draft(db.session, actor, place_of_form())

    def opened(self, form: Any, page: FormPage, item: Any) -> Any:
        """Show the form of an existing row; seeing it is an event."""
        html = self.form_page(form, page)
        record_event(db.session, f"{self.event}:opened", client_ids=client_ids_of(item), row_id=str(item.id), version=version_of(item))
        db.session.commit()
        return html

    def language_asked(self) -> bool:
        """Tell whether the form was sent to switch language only; then it is shown again as typed."""
        asked = request.form.get("_language")
        if asked in ("fi", "sv"):
            speak(asked)
            return True
        return False

    def with_rows(self, form: Any, page: str, item: Any = None, sent: Any = None, takes: Any = None) -> Any:
        """Give the form with the repeating groups of its page: as sent, else as saved; `takes` are answers to a conflict."""
        views = [(declared, self.registered(declared.view)) for declared in self.rows if page in declared.on]
        form.row_groups = [RowGroup(declared, view, item, sent, takes) for declared, view in views if view.may("add") or view.may("edit")]
        return form

    def checked(self, form: Any, item: Any, parent: Any) -> bool:
        form.form_errors.clear()
        if not form.validate():
            return False
        errors = self.rule_errors(form, item, parent)
        for name, sentence in errors:
            field = form[name]
            field.errors = [*field.errors, sentence]
        return not errors and not form.form_errors

    def all_checked(self, form: Any, item: Any, parent: Any) -> bool:
        """Check the form and every row in it, so that all errors are told at once."""
        results = [self.checked(form, item, parent), *(group.is_valid(item) for group in form.row_groups)]
        return all(results)

    def written(self, form: Any, change: Change) -> bool:
        """Write the row and the rows in its form in one transaction; what the database refuses is told where it stands."""
        begun = [(form, change)]

        def changes() -> Iterator[Change]:
            yield change
            if change.is_new:
                self.after_new(change.item)
            for row, found in (pair for group in form.row_groups for pair in group.changes()):
                begun.append((row.form, found))
                yield found
            self.after_rows(change.item, is_new=change.is_new)

        try:
            with db.session.no_autoflush:
                self.settle(self.place_after(change.item))
            keep_changes(db.session, changes())
        except IntegrityError:
            place, refused = begun[-1]
            place.form_errors.append(
                _("The entry has other entries under it. Delete them first.") if refused.is_removed
                else _("An entry with these values already exists. Check the fields that must be unique.")
            )  # fmt: skip
            return False
        return True

    def new_item(self, parent: Any) -> Any:
        """Give a row not yet kept, with its keys to the parent."""
        item = self.datamodel.obj()
        if self.parent:
            setattr(item, self.parent.column, parent.id)
            for name in self.parent_ids:
                setattr(item, name, getattr(parent, name))
        self.fill_new(item, parent)
        return item

    def new_kept(self, form: Any, item: Any) -> bool:
        """Keep a new row whose form was checked."""
        form.populate_obj(item)
        self.before_keep(form, item, is_new=True)
        return self.written(form, Change(item, f"{self.event}:added", is_new=True))

    def changed(self, form: Any, item: Any) -> bool:
        """Check and keep a changed row; on False the form holds the reasons."""
        return self.all_checked(form, item, None) and self.change_kept(form, item)

    def change_kept(self, form: Any, item: Any) -> bool:
        """Keep a row whose form was checked."""
        form.populate_obj(item)
        self.before_keep(form, item, is_new=False)
        return self.written(form, Change(item, f"{self.event}:changed"))

    # A feature whose fields depend on the row or the reader overrides `left_out`; one whose forms are its own, the other three.

    def left_out(self, kind: str, item: Any) -> Collection[str]:
        """Name the fields that the form of `add` (then `item` is None) or `edit` does not have for this row and reader."""
        return ()

    def form_of(self, kind: str, item: Any) -> Any:
        """Give the form class of `add` (then `item` is None) or `edit`."""
        found, names = getattr(self, f"{kind}_form"), self.left_out(kind, item)
        return _narrowed(found, frozenset(names)) if names else found

    def field_groups(self, kind: str, item: Any) -> list[dict[str, Any]]:
        groups, names = grouped(getattr(self, f"{kind}_columns"), getattr(self, f"{kind}_fieldsets")), self.left_out(kind, item)
        left = [{**group, "fields": [name for name in group["fields"] if name not in names]} for group in groups]
        return [group for group in left if group["fields"]]

    def as_saved(self, item: Any) -> Any:
        """Give the object that the edit form reads the saved values from."""
        return item

    def shown_again(self) -> bool:
        """Tell whether the form was sent only to be shown again as typed: another language, a row more, back from what it would do."""
        return self.language_asked() or PRESSED in request.form or BACK in request.form

    def asked_first(self, form: Any, item: Any, page: FormPage) -> Any:
        """Give the page of what a form that was checked would do, None when there is nothing to tell or it was seen."""
        told = self.consequences(form, item) if self.must_confirm() else ()
        return self.confirmation_page(page.title, _("Check what the change does before you save it."), told, page) if told else None

    def asked_of_new(self, form: Any, page: FormPage) -> Any:
        """Give a page to be answered before the new row of a form that was checked is kept, None to keep it."""
        return None

    def told_of_new(self, form: Any) -> dict[str, Any] | None:
        """Give what a program is asked before the new row of a form that was checked is kept, None to keep it."""
        return None

    def after_new(self, item: Any) -> None:
        """Write what belongs to a new row when it is in the database and not yet committed."""

    @expose("/add", methods=["GET", "POST"])
    @has_access
    def add(self) -> Any:
        parent = self.parent_or_404()
        if parent is not None and not self.can_add_under(parent):
            abort(409)
        cancel = place_under(self, parent.id) if self.parent else self.url("list")
        form_class = self.form_of("add", None)
        whose = self.whose_under(parent)
        page = FormPage(title=self.add_title, groups=self.field_groups("add", None), cancel_url=cancel, whose=whose)
        if request.method == "GET":
            form = self.fresh_form(form_class)
            html = self.form_page(self.with_rows(form, "add", sent=g.draft and g.draft.formdata), page)
            if whose is not None:
                # The empty form names the client already.
                record_event(db.session, f"{self.event}:opened", client_ids=[whose.client_id])
                db.session.commit()
            return html
        if done := self.done_before():
            return done
        form = self.with_rows(form_class(), "add", sent=pressed(request.form), takes=request.form)
        if self.shown_again():
            return self.form_page(form, page)
        item = self.new_item(parent)
        item.id = item.id or new_id()
        if not self.all_checked(form, item, parent):
            return self.form_page(form, page, 422)
        if asked := self.asked_of_new(form, page):
            return asked
        if not self.new_kept(form, item):
            return self.done_before() or self.form_page(form, page, 422)
        flash(_("Saved."), "success")
        return redirect(self.place_after(item), 303)

    @expose("/edit/<pk>", methods=["GET", "POST"])
    @has_access
    def edit(self, pk: str) -> Any:
        item = self.changeable_or_409(pk)
        form_class, saved_values = self.form_of("edit", item), self.as_saved(item)
        page = FormPage(title=self.edit_title, groups=self.field_groups("edit", item), cancel_url=self.place_after(item), whose=self.whose_of(item))
        if request.method == "GET":
            form = self.fresh_form(form_class, obj=saved_values)
            if not g.draft:
                form["version_seen"].data = str(item.version)
            return self.opened(self.with_rows(form, "edit", item, g.draft and g.draft.formdata), page, item)
        if done := self.done_before():
            return done
        form, saved = self.sent_form(form_class, obj=saved_values)
        self.with_rows(form, "edit", item, pressed(with_choices(request.form, saved)), request.form)
        if self.shown_again():
            return self.conflict_page(saved, form, page, item) if CHOSEN in request.form else self.form_page(form, page)
        if self.must_choose(saved, form, page, item):
            return self.conflict_page(saved, form, page, item)
        if not self.all_checked(form, item, None):
            return self.form_page(form, page, 422)
        if asked := self.asked_first(form, item, page):
            return asked
        if not self.change_kept(form, item):
            return self.done_before() or self.form_page(form, page, 422)
        flash(_("Saved."), "success")
        return redirect(self.place_after(item), 303)

    @expose("/delete/<pk>", methods=["POST"])
    @has_access
    def delete(self, pk: str) -> Any:
        item = self.changeable_or_409(pk)
        back = self.back_of(item)
        if errors := self.delete_errors(item):
            for sentence in errors:
                flash(sentence, "danger")
            return redirect(self.url("show", pk=pk), 303)
        try:
            remove(db.session, item, f"{self.event}:deleted")
        except IntegrityError:
            flash(_("The entry has other entries under it. Delete them first."), "danger")
            return redirect(self.url("show", pk=pk), 303)
        flash(_("Deleted."), "success")
        return redirect(back, 303)
