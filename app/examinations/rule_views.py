"""Pages of the rules by which an organisation's log is gone through; each tells how often it was wrong."""

from __future__ import annotations

from typing import Any

from flask import abort
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.access.actor import current_actor
from app.codes.lists import label
from app.db.base import db
from app.examinations.labels import BROKEN, RULE, RULE_HELP
from app.examinations.models import LogRule
from app.examinations.queries import decided_by_rule, own_rules
from app.examinations.relations import ExaminerRelation
from app.examinations.rules import LEAST_AND_MOST, NEEDS, broken_rule, share_of_unfounded
from app.web.base_view import BaseView
from app.web.interface import Interface
from app.web.language import current_language

_NUMBERS = ("days", "most_clients", "from_hour", "to_hour", "sample_size")
_FIELDS = ["kind", "owner_id", "is_active", "look_back_days", *_NUMBERS, "with_shared"]


class LogRuleView(BaseView):
    route_base, event, datamodel = "/log-rules", "log_rule", Interface(LogRule)
    list_title, show_title, add_title, edit_title = _l("Rules for the log"), _l("Rule for the log"), _l("Add a rule"), _l("Edit the rule")
    list_lead = _l("The log is gone through by these every day. A rule that is often wrong is worth changing.")
    label_columns, description_columns = RULE, RULE_HELP
    list_columns = ["kind", "owner", "is_active", "examined_to"]
    show_columns = ["kind", "owner", "is_active", "look_back_days", *_NUMBERS, "with_shared", "examined_to", "seed"]
    add_columns = edit_columns = _FIELDS
    relations = {"owner_id": ExaminerRelation()}
    needs = {
        **{name: "kind=" + "|".join(kind for kind, names in NEEDS.items() if name in names) for name in _NUMBERS},
        "with_shared": "kind=OTHER_MUNICIPALITY",
    }  # fmt: skip
    order_columns, search_columns, base_order = ["created_at"], ["kind", "is_active"], ("created_at", "desc")
    base_permissions = ["can_list", "can_show", "can_add", "can_edit", "can_suggest"]

    def restricted(self, query: Any) -> Any:
        return own_rules(query, current_actor())

    def row_or_404(self, pk: str) -> Any:
        return db.session.scalar(self.restricted(select(LogRule).where(LogRule.id == pk))) or abort(404)

    def title_of(self, item: LogRule) -> str:
        return _("Rule for the log: %(kind)s", kind=label("LOG_RULE", item.kind, current_language()))

    def groups_for(self, item: LogRule) -> list[dict[str, Any]]:
        (group,) = super().groups_for(item)
        used = {*_FIELDS, *self.show_columns} - set(_NUMBERS) | set(NEEDS[item.kind])
        used -= set() if item.kind == "OTHER_MUNICIPALITY" else {"with_shared"}
        used -= set() if "sample_size" in NEEDS[item.kind] else {"seed"}
        items = [found for name, found in zip(self.show_columns, group["items"], strict=True) if name in used]
        return [{"title": None, "items": items}, {"title": _("How often it is right"), "items": self._record(item)}]

    def _record(self, item: LogRule) -> list[dict[str, Any]]:
        found, decided, unfounded = decided_by_rule(db.session, item.id)
        share = share_of_unfounded(unfounded, decided)
        return [
            {"label": _("Findings"), "text": str(found)}, {"label": _("Findings decided"), "text": str(decided)},
            {"label": _("Decided as unfounded"), "text": str(unfounded)},
            {"label": _("Share of false findings"), "text": _("%(share)s %%", share=share) if share is not None else _("Nothing is decided yet.")},
        ]  # fmt: skip

    def rule_errors(self, form: Any, item: LogRule, parent: Any) -> list[tuple[str, str]]:
        values = {name: form[name].data for name in ("look_back_days", *_NUMBERS)}
        return [
            (name, str(BROKEN[reason]) % dict(zip(("least", "most"), LEAST_AND_MOST[name], strict=True)))
            for name, reason in broken_rule(form.kind.data, values)
        ]  # fmt: skip

    def before_keep(self, form: Any, item: LogRule, *, is_new: bool) -> None:
        """Take away the numbers that the kind does not use, so that the page tells what counts."""
        for name in set(_NUMBERS) - set(NEEDS[item.kind]):
            setattr(item, name, None)
        item.with_shared = item.with_shared and item.kind == "OTHER_MUNICIPALITY"
