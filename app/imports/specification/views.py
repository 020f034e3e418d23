"""The page of the specification: what can be brought in, field by field, the rules and their days, and the files to fill in."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

from flask import abort, send_file, url_for
from flask_appbuilder import expose
from flask_appbuilder.baseviews import BaseView
from flask_appbuilder.security.decorators import has_access, permission_name
from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.imports.specification.catalogue import Entity, Field, catalogue
from app.imports.specification.codes import shown_values
from app.imports.specification.forms import FORMS, specification
from app.imports.specification.rules import Rule, rules
from app.imports.specification.texts import KINDS, READ_ME, SEVERITIES, help_of
from app.imports.specification.version import version
from app.web.language import current_language
from app.web.table import table

# A list of up to so many values is written out.
_WRITTEN_OUT = 12
_DOWNLOADS = {"xlsx": _l("Workbook to fill in (xlsx)"), "csv": _l("Headings for CSV files (zip)"), "json": _l("JSON Schema (json)")}


class SpecificationView(BaseView):  # type: ignore[misc]
    route_base = "/imports/specification"
    default_view = "list"
    list_title = _l("What can be brought in")
    is_in_navigation = True
    base_permissions = ["can_list"]

    @expose("/")
    @has_access
    def list(self) -> Any:
        """Show every entity with its fields, and the rules by the day they come into force."""
        return self.render_template(
            "koto/specification.html", title=self.list_title, version=version(), lead=_("What a municipality's old system may bring here, and in which form."),
            downloads=[(text, url_for("SpecificationView.file", form=form)) for form, text in _DOWNLOADS.items()], read_me=READ_ME,
            entities=[(entity.key, entity.label, self._fields(entity)) for entity in catalogue()], rules=self._rules(date.today()),
        )  # fmt: skip

    @expose("/file/<form>")
    @has_access
    @permission_name("list")
    def file(self, form: str) -> Any:
        """Give the specification as a file in the reader's language; nothing of any client is in it."""
        if form not in FORMS:
            abort(404)
        name = f"koto-digi-{current_language()}.{FORMS[form].ending}"
        return send_file(BytesIO(specification(form, current_language())), FORMS[form].type, as_attachment=True, download_name=name)

    def _fields(self, entity: Entity) -> dict[str, Any]:
        names = {"label": _("Label"), "field": _("Field"), "kind": _("Kind"), "needed": _("Must be filled in"), "help": _("Help")}
        found = table(names, [(None, [field.label, field.key, KINDS[field.kind], _("Yes") if field.required else "", self._help(field)]) for field in entity.fields])
        # Keys are English words, whatever the page's language.
        return found | {"columns": [column._replace(lang="en") if column.name == "field" else column for column in found["columns"]]}

    def _help(self, field: Field) -> str:
        found = help_of(field)
        values = shown_values(field.code_list, current_language()).values() if field.code_list else ()
        if 0 < len(values) <= _WRITTEN_OUT:
            found.append(_("Values: %(values)s.", values="; ".join(values)))
        return " ".join(found)

    def _rules(self, today: date) -> dict[str, Any]:
        names = {"rule": _("Rule"), "severity": _("What it does"), "from": _("From"), "shadow": _("Tried out until"), "now": _("Now")}
        return table(names, [(None, self._rule(rule, today)) for rule in rules()])

    def _rule(self, rule: Rule, today: date) -> tuple[Any, ...]:
        standing = rule.standing(today)
        now = _("Not yet") if standing == "none" else SEVERITIES["shadow"] if standing == "shadow" else _("In force")
        until = format_date(rule.shadow_until) if rule.shadow_until else ""
        return rule.text, SEVERITIES[rule.severity], format_date(rule.valid_from), until, now
