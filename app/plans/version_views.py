"""Pages of the versions of a plan: each is shown and printed from its own picture, for ever."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.plans.document import Phrase, PlanDocument, Section, facts_of
from app.plans.labels import VERSION
from app.plans.life_models import PlanVersion
from app.plans.models import IntegrationPlan
from app.plans.paper_views import PaperMixin
from app.plans.pictures import document_of
from app.web.base_view import Parent
from app.web.interface import Interface
from app.web.whose import Whose

_ON_PAPER = {name: text for name, text in VERSION.items() if name != "number"}


class PlanVersionView(PaperMixin):
    """A version is written by the deed it belongs to; nobody adds, edits or deletes one."""

    route_base, event, datamodel = "/plan-versions", "plan_version", Interface(PlanVersion)
    parent = Parent("plan", "plan_id", IntegrationPlan, "PlanView.show")
    list_title, show_title = _l("Versions of the plan"), _l("Version of the plan")
    label_columns = VERSION
    list_columns = ["number", "deed", "made_on"]
    show_columns = ["number", "deed", "made_on", "reason"]
    # A form there is none; FAB makes one of every column unless it is told of one.
    add_columns = edit_columns = ["number"]
    order_columns = ["number"]
    base_order = ("number", "desc")
    search_columns = ["deed", "made_on"]
    show_template = "koto/plan_show.html"
    base_permissions = ["can_list", "can_show", "can_print"]

    def paper_of(self, row: PlanVersion, second: str | None = None) -> PlanDocument:
        heading = Phrase(_("Version %(number)s", number=row.number))
        document = document_of(row.picture, second)
        return replace(document, sections=[Section(heading=heading, facts=facts_of(row, "version", _ON_PAPER)), *document.sections])

    def groups_for(self, item: PlanVersion) -> list[dict[str, Any]]:
        groups = super().groups_for(item)
        for section in document_of(item.picture).sections:
            groups.append({"title": section.heading.first, "items": list(section.facts)})
            groups += [{"title": part.heading.first, "items": list(part.facts)} for part in section.parts]
        return groups

    def whose_of(self, item: PlanVersion) -> Whose | None:
        """Lead to the client without the name of today: the page shows what was, and names the client by that."""
        found = super().whose_of(item)
        return found and replace(found, name=_("To the client"))

    def more_of(self, item: PlanVersion) -> dict[str, Any]:
        return {"pdf_form": self.pdf_form(item) if self.may("print") else None}

    def buttons(self, item: PlanVersion) -> list[dict[str, Any]]:
        back = {"label": _("To the plan"), "url": self.back_of(item), "method": "get", "kind": "secondary", "confirm_text": None}
        return [*self.print_buttons(item), back]
