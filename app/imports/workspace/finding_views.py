"""Pages of what was found in the files of a move."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import abort, flash, g, redirect, request, send_file, url_for
from flask_appbuilder import expose
from flask_appbuilder.actions import action
from flask_appbuilder.security.decorators import has_access
from flask_babel import gettext as _, lazy_gettext as _l
from sqlalchemy import select
from wtforms import TextAreaField, validators

from app.access.actor import NOBODY_ID, Actor, current_actor
from app.audit.record import record_event
from app.db.base import db
from app.imports.engine.storing import StoredFileError
from app.imports.models import ImportBatch, ImportFile, ImportFinding
from app.imports.workspace import finding_actions as actions
from app.imports.workspace.finding_filters import FILTERS
from app.imports.workspace.finding_labels import FINDING, GROUP_OF, KINDS
from app.imports.workspace.finding_queries import texts_of
from app.imports.workspace.people import LeadRelation
from app.imports.workspace.queries import own, own_batch
from app.imports.workspace.told_rows import ToldRowsMixin
from app.imports.workspace.returned import returned_file
from app.imports.workspace.work_pages import whose_batch
from app.imports.workspace.work_rules import may_close
from app.web.declarations import Parent
from app.web.filters import FilterPanel
from app.web.form_page import FormPage
from app.web.forms import Form, stripped
from app.web.interface import Interface
from app.web.language import current_language
from app.web.listing import Page
from app.web.relation import relation_field
from app.web.whose import Whose


class CloseForm(Form):
    closed_because = TextAreaField(
        FINDING["closed_because"], [validators.DataRequired(_l("Fill in this field.")), validators.Length(max=300, message=_l("Write at most %(max)d characters."))],
        filters=[stripped], description=_l("Write no names or identity codes here."),
    )  # fmt: skip


def _actor() -> Actor:
    return current_actor() or abort(403)


class ImportFindingView(ToldRowsMixin):
    """Findings of the own organisation's moves; of one move when the address names it."""

    route_base, event, datamodel = "/imports/findings", "import", Interface(ImportFinding)
    list_title, show_title = _l("Findings of the files"), _l("Finding of the files")
    add_title = edit_title = show_title
    list_lead = _l("What stops a file or a row is corrected in the source and brought again. A warning can be said to be no error.")
    label_columns = FINDING
    list_columns = ["place", "tier", "column_name", "value", "why"]
    more_columns = ("state", "assignee", "step")
    show_columns = ["place", "tier", "column_name", "value", "reason", "cure", "step", "state", "closed_because", "closed_by", "assignee"]
    add_columns = edit_columns = ["tier"]
    order_columns, base_order = ["row_number"], ("row_number", "asc")
    search_columns = ["tier"]
    result_columns = ["place"]
    parent = Parent("batch", "batch_id", ImportBatch, "ImportWorkView.show")
    tags: Any = {"tier": lambda item: KINDS[GROUP_OF.get(item.tier, "WARNING")]}
    base_permissions = ["can_list", "can_show", "can_close", "can_reopen", "can_assign", "can_suggest", "can_action_post", "close_findings", "assign_findings", "can_returned"]
    deeds = {
        "can_close": _l("say why a warning is no error"), "can_reopen": _l("open a warning again"), "can_assign": _l("give a finding to a colleague"),
        "close_findings": _l("say of several warnings why they are no errors"), "assign_findings": _l("give several findings to a colleague"), "can_returned": _l("take out a file with its findings marked"),
    }  # fmt: skip

    def __init__(self, **kwargs: Any) -> None:
        relation = LeadRelation()
        self.relations = {"to_colleague": relation}
        self.assign_form: Any = type("AssignForm", (Form,), {"to_colleague": relation_field(_l("Give to"), relation, "ImportFindingView.suggest", "to_colleague")})
        self.action_forms = {"close_findings": CloseForm, "assign_findings": self.assign_form}
        super().__init__(**kwargs)

    def _init_properties(self) -> None:
        super()._init_properties()
        self.filters = FILTERS

    def filter_panel(self) -> FilterPanel:
        if "import_finding_panel" not in g:
            g.import_finding_panel = FilterPanel(self.filters, request.args)
        found: FilterPanel = g.import_finding_panel
        return found

    # -- whose they are ----------------------------------------------------------------------------

    def restricted(self, query: Any) -> Any:
        actor = current_actor()
        return query.where(ImportFinding.org_id == (actor.organisation_id if actor else NOBODY_ID))

    def row_or_404(self, pk: str) -> Any:
        return db.session.scalar(self.restricted(select(ImportFinding).where(ImportFinding.id == pk))) or abort(404)

    def parent_or_404(self) -> Any:
        if "import_batch" not in g:
            g.import_batch = own_batch(db.session, request.args.get("batch", "")) or abort(404)
        return g.import_batch

    def back_of(self, item: ImportFinding) -> str:
        return self.url("list", batch=item.batch_id)

    # -- what they say -----------------------------------------------------------------------------

    def told(self, items: Sequence[ImportFinding]) -> dict[str, dict[str, str]]:
        return texts_of(db.session, items)

    def title_of(self, item: ImportFinding) -> str:
        return self.told([item])[item.id]["reason"]

    def whose_under(self, parent: ImportBatch) -> Whose:
        return whose_batch(self, parent)

    def whose_of(self, item: ImportFinding) -> Whose | None:
        batch = own_batch(db.session, item.batch_id)
        return whose_batch(self, batch) if batch else None

    def note_list(self, page: Page, *named: str) -> None:
        """What the files say of people is seen before any of them is a client: the move stands for them."""
        record_event(db.session, "import:read", row_id=request.args.get("batch") if self.is_under_parent() else None, criteria=page.criteria, hits=page.count)

    @expose("/returned/<pk>")
    @has_access
    def returned(self, pk: str) -> Any:
        """Give a file of a move back with its faulty cells marked."""
        file = db.session.scalar(own(select(ImportFile).where(ImportFile.id == pk, ImportFile.removed_at.is_(None)), ImportFile)) or abort(404)
        try:
            name, opened = returned_file(db.session, file, current_language())
        except StoredFileError:
            flash(_("The file could not be read any more. Tell the operator of the service."), "danger")
            return redirect(url_for("ImportWorkView.rehearse", pk=file.batch_id), 303)
        record_event(db.session, "import:returned", row_id=file.batch_id)
        db.session.commit()
        return send_file(opened, "application/octet-stream", as_attachment=True, download_name=name)

    # -- what can be done --------------------------------------------------------------------------

    def buttons(self, item: ImportFinding) -> list[dict[str, Any]]:
        deeds = (
            ("close", _("Not an error, because …"), "get", may_close(GROUP_OF.get(item.tier, ""), item.closed_because)),
            ("reopen", _("Open again"), "post", item.closed_because is not None), ("assign", _("Give to a colleague"), "get", True),
        )  # fmt: skip
        found = [{"label": text, "url": self.url(name, pk=item.id), "method": method, "kind": "secondary", "confirm_text": None}
                 for name, text, method, is_possible in deeds if is_possible and self.may(name)]  # fmt: skip
        return [*found, {"label": _("To the list of findings"), "url": self.back_of(item), "method": "get", "kind": "secondary", "confirm_text": None}]

    @expose("/close/<pk>", methods=["GET", "POST"])
    @has_access
    def close(self, pk: str) -> Any:
        """Say why a warning is no error."""
        item = self.row_or_404(pk)
        if not may_close(GROUP_OF.get(item.tier, ""), item.closed_because):
            abort(409)
        return self._done_by_form(item, CloseForm, "closed_because", _("Not an error, because …"), lambda reason: actions.close(db.session, item, reason, _actor()))

    @expose("/reopen/<pk>", methods=["POST"])
    @has_access
    def reopen(self, pk: str) -> Any:
        """Let a warning be open again."""
        item = self.row_or_404(pk)
        actions.reopen(db.session, item)
        db.session.commit()
        flash(_("The finding is open again."), "success")
        return redirect(self.url("show", pk=pk), 303)

    @expose("/assign/<pk>", methods=["GET", "POST"])
    @has_access
    def assign(self, pk: str) -> Any:
        """Give a finding to a colleague."""
        item = self.row_or_404(pk)
        return self._done_by_form(item, self.assign_form, "to_colleague", _("Give to a colleague"), lambda person: actions.assign(db.session, item, person))

    def _done_by_form(self, item: ImportFinding, form_class: Any, field: str, title: str, act: Any) -> Any:
        """Show the form of a deed, or do it."""
        page = FormPage(title=title, lead=self.title_of(item), cancel_url=self.url("show", pk=item.id), groups=[{"title": None, "fields": [field]}])
        if request.method == "GET":
            return self.form_page(self.fresh_form(form_class), page)
        if done := self.done_before():
            return done
        form = form_class()
        if self.shown_again():
            return self.form_page(form, page)
        if not form.validate():
            return self.form_page(form, page, 422)
        self.settle(self.url("show", pk=item.id))
        act(form[field].data)
        db.session.commit()
        flash(_("Saved."), "success")
        return redirect(self.url("show", pk=item.id), 303)

    @action("close_findings", _l("Not an error, because …"), multiple=True, single=False)
    def close_findings(self, rows: Sequence[ImportFinding], closed_because: str) -> list[tuple[ImportFinding, str]]:
        """Say of the ticked warnings why they are no errors; what stops stays open."""
        told = []
        for item in rows:
            if may_close(GROUP_OF.get(item.tier, ""), item.closed_because):
                actions.close(db.session, item, closed_because, _actor())
                told.append((item, _("Is marked as no error.")))
            else:
                told.append((item, _("Had been looked at already.") if item.closed_because else _("Stops a file or a row: it is corrected in the source.")))
        return told

    @action("assign_findings", _l("Give to a colleague"), multiple=True, single=False)
    def assign_findings(self, rows: Sequence[ImportFinding], to_colleague: int) -> list[tuple[ImportFinding, str]]:
        """Give the ticked findings to a colleague."""
        for item in rows:
            actions.assign(db.session, item, to_colleague)
        return [(item, _("Given.")) for item in rows]
