"""Pages of an organisation's own roles: narrower forms of those of the release, told in sentences before they are saved."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from flask import abort, flash, redirect, request
from flask_appbuilder import expose
from flask_appbuilder.security.decorators import has_access, permission_name
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy import select
from wtforms import SelectMultipleField

from app.access.actor import NOBODY_ID, current_actor
from app.access.roles import ROLES, SEES_CLIENTS
from app.codes.lists import label
from app.db.base import db
from app.roles.actions import give_role
from app.roles.forms import allowed_by, as_lines, filled, groups_of, held_by, role_form
from app.roles.labels import LOCAL_ROLE
from app.roles.queries import grants_of_role, holders_of
from app.roles.rules import gaps, withheld
from app.roles.sentences import pairs_of_role, sentences, subject, words_of
from app.users.models import AccessGrant, LocalRole
from app.web.base_view import BaseView
from app.web.form_page import FormPage
from app.web.forms import Form
from app.web.interface import Interface
from app.web.language import current_language


def _change_panels(gained: Collection[Any], lost: Collection[Any], holders: list[AccessGrant]) -> list[dict[str, Any]]:
    """Give what is lost, what is gained and by whom, as `record.panels` draws it."""
    parts = ((_("They can no longer"), lost), (_("They can from now on"), gained))
    panels = [{"title": title, "kind": "facts", "rows": sentences(pairs), "empty_text": ""} for title, pairs in parts if pairs]
    people = [{"label": grant.person, "text": _until(grant)} for grant in holders]
    title = ngettext("It concerns %(num)d person", "It concerns %(num)d people", len(people))
    return [*panels, {"title": title, "kind": "facts", "rows": people, "empty_text": ""}]


def _until(grant: AccessGrant) -> str:
    return _("until further notice") if grant.valid_to is None else _("until %(day)s", day=f"{grant.valid_to:%-d.%-m.%Y}")


class LocalRoleView(BaseView):
    route_base, event, datamodel = "/local-roles", "local_role", Interface(LocalRole)
    list_title, show_title, add_title, edit_title = _l("Own roles"), _l("Own role"), _l("Make a narrower role"), _l("Change the role")
    list_lead = _l("A role of your own can do less than the role it is made from, never more.")
    label_columns = LOCAL_ROLE
    list_columns = ["name_fi", "name_sv", "base", "changed_at"]
    language_of = {"name_fi": "fi", "name_sv": "sv"}
    show_columns = ["name_fi", "name_sv", "base", "reason", "changed_at"]
    add_columns = edit_columns = ["name_fi", "name_sv", "reason"]
    order_columns, search_columns, base_order = ["name_fi", "name_sv"], ["base"], ("name_fi", "asc")
    base_permissions = ["can_list", "can_show", "can_add", "can_edit", "can_delete", "can_give"]
    delete_question = _l("Delete this role for good?")

    def restricted(self, query: Any) -> Any:
        actor = current_actor()
        return query.where(LocalRole.org_id == (actor.organisation_id if actor else NOBODY_ID))

    def row_or_404(self, pk: str) -> Any:
        return db.session.scalar(self.restricted(select(LocalRole).where(LocalRole.id == pk))) or abort(404)

    def title_of(self, item: LocalRole) -> str:
        return item.name_in(current_language())

    def subtitle_of(self, item: LocalRole) -> str:
        return _("Made from the role %(role)s", role=label("ROLE", item.base, current_language()))

    def groups_for(self, item: LocalRole) -> list[dict[str, Any]]:
        gone = pairs_of_role(item.base) - held_by(item)
        return [
            *super().groups_for(item), {"title": _("What the role may do"), "items": sentences(held_by(item))},
            *([{"title": _("What it leaves out of the role it is made from"), "items": sentences(gone)}] if gone else []),
            {"title": _("Who holds the role"), "items": [{"label": grant.person, "text": _until(grant)} for grant in holders_of(db.session, item, date.today())]},
        ]  # fmt: skip

    def buttons(self, item: LocalRole) -> list[dict[str, Any]]:
        if not self.may("give"):
            return []
        return [{"label": _("Choose who has the role"), "url": self.url("give", pk=item.id), "method": "get", "kind": "primary", "confirm_text": None}]

    # -- the form: a box for each deed of the base role --------------------------------------------

    def _base(self, item: LocalRole | None) -> str:
        base = item.base if item else request.args.get("base")
        if base is None:
            abort(redirect(self.add_address(), 303))
        return base if base in ROLES else abort(404)

    def add_address(self) -> str:
        return self.url("choose")

    def form_of(self, kind: str, item: Any) -> Any:
        return role_form(self._base(item))

    def field_groups(self, kind: str, item: Any) -> list[dict[str, Any]]:
        return groups_of(self._base(item))

    def as_saved(self, item: LocalRole) -> Any:
        return filled(item)

    def fill_new(self, item: LocalRole, parent: Any) -> None:
        item.base = self._base(None)

    def rule_errors(self, form: Any, item: LocalRole, parent: Any) -> list[tuple[str, str]]:
        base = pairs_of_role(item.base)
        allowed = allowed_by(form, item.base)
        form.form_errors += [
            _("%(subject)s: to %(deed)s one must also be able to %(needed)s.", subject=subject(view), deed=words_of(view)[name], needed=words_of(view)[needed])
            for view, name, needed in gaps(allowed, base)
        ]  # fmt: skip
        if not withheld(base, allowed):
            form.form_errors.append(_("Leave something out: a role that may do all of it is the role it is made from."))
        return []

    def before_keep(self, form: Any, item: LocalRole, *, is_new: bool) -> None:
        item.withheld = as_lines(withheld(pairs_of_role(item.base), allowed_by(form, item.base)))

    def consequences(self, form: Any, item: LocalRole) -> list[dict[str, Any]]:
        if item.version is None or not (holders := holders_of(db.session, item, date.today())):
            return []
        base = pairs_of_role(item.base)
        before, after = held_by(item), base - withheld(base, allowed_by(form, item.base))
        return _change_panels(after - before, before - after, holders) if before != after else []

    # -- who has it -------------------------------------------------------------------------------

    @expose("/give/<pk>", methods=["GET", "POST"])
    @has_access
    def give(self, pk: str) -> Any:
        """Choose whose right is of this role, among those who hold the role it is made from; one's own right is not offered."""
        role, actor = self.row_or_404(pk), current_actor() or abort(403)
        grants = [grant for grant in grants_of_role(db.session, role.org_id, role.base, date.today()) if grant.user_id != actor.user_id]
        page = FormPage(title=_("Choose who has the role"), lead=self.title_of(role), cancel_url=self.url("show", pk=pk),
                        groups=[{"title": None, "fields": ["holders"]}])  # fmt: skip
        form = _holders_form(grants)(data={"holders": [grant.id for grant in grants if grant.local_role_id == role.id]})
        if request.method == "GET" or self.shown_again():
            return self.form_page(form, page)
        if not form.validate():
            return self.form_page(form, page, 422)
        chosen = set(form.holders.data or ())
        panels = self._give_panels(role, grants, chosen)
        if panels and self.must_confirm():
            return self.confirmation_page(page.title, page.lead, panels, page)
        changed = give_role(db.session, role, grants, chosen)
        flash(ngettext("%(num)d right was changed.", "%(num)d rights were changed.", changed), "success")
        return redirect(self.url("show", pk=pk), 303)

    def _give_panels(self, role: LocalRole, grants: list[AccessGrant], chosen: set[str]) -> list[dict[str, Any]]:
        gone = pairs_of_role(role.base) - held_by(role)
        narrowed = [grant for grant in grants if grant.id in chosen and grant.local_role_id != role.id]
        widened = [grant for grant in grants if grant.id not in chosen and grant.local_role_id == role.id]
        return [
            *(_change_panels((), gone, narrowed) if narrowed else []),
            *(_change_panels(gone, (), widened) if widened else []),
        ]

    @expose("/choose")
    @has_access
    @permission_name("add")
    def choose(self) -> Any:
        """Offer the roles that a narrower one can be made from."""
        rows = [
            {"label": _("Sees client data") if role in SEES_CLIENTS else _("Sees no client"),
             "text": label("ROLE", role, current_language()), "url": self.url("add", base=role)}
            for role in ROLES
        ]  # fmt: skip
        panel = {"title": _("Roles"), "kind": "facts", "rows": rows, "empty_text": ""}
        return self.render_template("koto/show.html", title=self.add_title, subtitle=_("Which role is it made from?"), panels=[panel])


def _holders_form(grants: list[AccessGrant]) -> type[Form]:
    """Make the form with a box for each right."""
    choices = [(grant.id, _("%(person)s, %(until)s", person=grant.person, until=_until(grant))) for grant in grants]
    description = _("The others keep the role as it is. A change holds from the person's next page.")
    return type("HoldersForm", (Form,), {"holders": SelectMultipleField(_l("Who has the role"), choices=choices, description=description)})
