"""Pages of an organisation's directories: their settings, their groups, the test of the connection, and how each is doing."""

from __future__ import annotations

from typing import Any

from flask import abort, current_app, flash, request
from flask_appbuilder import expose
from flask_appbuilder.security.decorators import has_access
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import exists, select

from app.access.actor import NOBODY_ID, current_actor
from app.access.roles import ROLES_IN
from app.audit.record import record_event
from app.db.base import db
from app.directories.actions import tested
from app.directories.display import step_rows
from app.directories.forms import FIELDSETS_ADD, FIELDSETS_EDIT, broken_fields, columns_of, secret_field
from app.directories.labels import BROKEN, DIRECTORY, GROUP, HELP
from app.directories.models import Directory, DirectoryGroup
from app.directories.rules import is_dn, normal_realm
from app.organisations.models import Organisation
from app.web.base_view import BaseView, Parent
from app.web.interface import Interface
from app.web.rows import Rows


def _own_organisation() -> str:
    actor = current_actor()
    return actor.organisation_id if actor else NOBODY_ID


class OfOrganisation(BaseView):
    """Rows that the administrators of their own organisation see, and nobody else."""

    def restricted(self, query: Any) -> Any:
        return query.where(self.datamodel.obj.org_id == _own_organisation())

    def row_or_404(self, pk: str) -> Any:
        model = self.datamodel.obj
        return db.session.scalar(self.restricted(select(model).where(model.id == pk))) or abort(404)


class DirectoryGroupView(OfOrganisation):
    route_base, event, datamodel = "/directory-groups", "directory_group", Interface(DirectoryGroup)
    parent = Parent("directory", "directory_id", Directory, "DirectoryView.show")
    list_title, show_title, add_title, edit_title = _l("Groups"), _l("Group"), _l("Add a group"), _l("Edit the group")
    label_columns, description_columns = GROUP, HELP
    list_columns = show_columns = add_columns = edit_columns = ["group_dn", "role", "bypasses_application"]
    order_columns, search_columns, base_order = ["group_dn", "role"], ["role"], ("created_at", "asc")

    def parent_or_404(self) -> Any:
        query = select(Directory).where(Directory.id == request.args.get("directory", ""), Directory.org_id == _own_organisation())
        return db.session.scalar(query) or abort(404)

    def rule_errors(self, form: Any, item: DirectoryGroup, parent: Any) -> list[tuple[str, str]]:
        found = [] if is_dn(form.group_dn.data) else [("group_dn", "DN")]
        kind = db.session.scalar(select(Organisation.kind).where(Organisation.id == _own_organisation()))
        if form.role.data not in ROLES_IN.get(kind or "", ()):
            found.append(("role", "ROLE_HERE"))
        if form.bypasses_application.data and form.role.data == "ACCESS_ADMIN":
            found.append(("bypasses_application", "ROLE"))
        return [(field, str(BROKEN[rule])) for field, rule in found]


class DirectoryView(OfOrganisation):
    route_base, event, datamodel = "/directories", "directory", Interface(Directory)
    list_title, show_title, add_title, edit_title = _l("Directories"), _l("Directory"), _l("Add a directory"), _l("Edit the directory")
    list_lead = _l("Whoever signs in as name@realm is asked for in the directory of the realm.")
    delete_question = _l("Delete this directory for good? Nobody can sign in by it any more; rights stay until you end them.")
    label_columns, description_columns = DIRECTORY, HELP
    list_columns = ["name", "shown_realm", "kind", "url", "state_words"]
    show_columns = ["name", "shown_realm", "is_active", "kind", "url", "starttls", "bind_dn", "search_base", "user_filter", "username_attribute",
                    "given_name_attribute", "family_name_attribute", "mail_attribute", "group_base", "test_user", "state_words", "last_success_at",
                    "last_failure_at", "fault_words", "changed_at"]  # fmt: skip
    add_columns, edit_columns = columns_of(FIELDSETS_ADD), columns_of(FIELDSETS_EDIT)
    add_fieldsets, edit_fieldsets = FIELDSETS_ADD, FIELDSETS_EDIT
    add_form_extra_fields = {"bind_secret": secret_field(is_new=True)}
    edit_form_extra_fields = {"bind_secret": secret_field(is_new=False)}
    order_columns, search_columns, base_order = ["name"], ["kind"], ("name", "asc")
    related = (DirectoryGroupView,)
    rows = (Rows("groups", DirectoryGroupView),)
    base_permissions = ["can_list", "can_show", "can_add", "can_edit", "can_delete", "can_test"]
    deeds = {"can_test": _l("test the connection")}

    def title_of(self, item: Directory) -> str:
        return item.name

    def subtitle_of(self, item: Directory) -> str:
        return item.state_words

    def rule_errors(self, form: Any, item: Directory, parent: Any) -> list[tuple[str, str]]:
        with db.session.no_autoflush:
            found = broken_fields(form, item)
            if "realm" in form and (realm := normal_realm(form.realm.data)) and db.session.scalar(select(exists().where(Directory.realm == realm))):
                found.append(("realm", "TAKEN"))
        return [(field, str(BROKEN[rule])) for field, rule in found]

    def before_keep(self, form: Any, item: Directory, *, is_new: bool) -> None:
        item.realm = normal_realm(item.realm) or item.realm
        item.group_base = item.group_base or None

    def conflict_page(self, saved: Any, typed: Any, page: Any, item: Any) -> Any:
        if request.form.get("bind_secret"):
            flash(_("The password that you wrote is not kept here. Change it when you have chosen."), "warning")
        return super().conflict_page(saved, typed, page, item)

    def buttons(self, item: Directory) -> list[dict[str, Any]]:
        if not self.may("test"):
            return []
        return [{"label": _("Test the connection"), "url": self.url("test", pk=item.id), "method": "post", "kind": "primary", "confirm_text": None}]

    @expose("/test/<pk>", methods=["POST"])
    @has_access
    def test(self, pk: str) -> Any:
        """Take the steps of a sign-in without a person's password and tell what became of each."""
        item = self.row_or_404(pk)
        title, back = item.name, self.url("show", pk=pk)
        record_event(db.session, "directory:tested", row_id=pk)
        outcome = tested(db.session, item, current_app.config["KOTO"].instance_dir)
        sentence = _("People can sign in by this directory.") if outcome.fault is None else _("Something is not in order.")
        if outcome.fault == "NO_USER":
            sentence = _("The directory answers. Give a user name to test with to try the rest.")
        buttons = [
            {"label": _("Test again"), "url": self.url("test", pk=pk), "method": "post", "kind": "primary", "confirm_text": None},
            {"label": _("Back to the directory"), "url": back, "method": "get", "kind": "secondary", "confirm_text": None},
        ]  # fmt: skip
        return self.render_template("koto/show.html", title=_("Test of the connection"), subtitle=title, buttons=buttons,
                                    groups=[{"title": sentence, "items": step_rows(outcome)}])  # fmt: skip


class DirectoryStatusView(BaseView):
    """How directories are doing, without their settings: one's own, and for the national agency those of all."""

    route_base, event, datamodel = "/directories/status", "directory", Interface(Directory)
    list_title, show_title, add_title, edit_title = _l("State of directories"), _l("Directory"), _l("Directory"), _l("Directory")
    list_lead = _l("A directory that fails several times in a row is left alone for half a minute at a time, so that it delays nobody else.")
    label_columns = DIRECTORY
    list_columns = ["name", "organisation_name", "shown_realm", "state_words", "last_success_at", "failures"]
    more_columns = ("last_failure_at", "fault_words")
    show_columns = add_columns = edit_columns = ["name"]
    order_columns, search_columns, base_order = ["name"], ["kind"], ("name", "asc")
    base_permissions = ["can_list"]

    def restricted(self, query: Any) -> Any:
        own = _own_organisation()
        sees_all = exists().where(Organisation.id == own, Organisation.kind == "NATIONAL_AGENCY")
        return query.where((Directory.org_id == own) | sees_all)

    def row_or_404(self, pk: str) -> Any:
        abort(404)
