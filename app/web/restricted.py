"""Fields of the class RESTRICTED: a sentence stands in their place until they are opened, which is a right and an event of its own.

Health, social needs and being a victim of trafficking: 681/2023 §§ 73.1 and 79.2.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from flask import abort, current_app, g, has_request_context
from flask_appbuilder import expose
from flask_appbuilder.security.decorators import has_access, permission_name
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.access.actor import current_actor
from app.access.membership import ClientScoped
from app.access.visibility import WHOLE, Sight
from app.audit.record import record_event
from app.db.base import db
from app.db.types import Sensitivity
from app.web.declarations import Declarations
from app.web.display import column_info, shown
from app.web.transaction import client_ids_of, version_of

# Under this name the wiring tells who is responsible for a client.
RESPONSIBLE = "koto_responsible_worker_of"
RESTRICTED_DEEDS = {
    "can_restricted": _l("open the restricted data of own clients"), "can_restricted_all": _l("open the restricted data of every client"),
}  # fmt: skip
_MASKED = Sight(mask=_l("Restricted. Opened separately by the responsible worker or the team lead; each opening is recorded."))


@cache
def restricted_columns(model: Any) -> tuple[str, ...]:
    """Name the columns of a model that are of the class RESTRICTED."""
    return tuple(column.key for column in model.__mapper__.column_attrs if column_info(model, column.key).get("sensitivity") is Sensitivity.RESTRICTED)


class RestrictedSight:
    """Masks what is restricted for everybody, on every page but the one that opens it."""

    def prepare(self, items: Sequence[Any]) -> None:
        return None

    def speaks_now(self) -> bool:
        return True

    def speaks_of(self, model: Any, name: str) -> bool:
        is_of_client = isinstance(model, type) and issubclass(model, ClientScoped)
        return is_of_client and name in restricted_columns(model)

    def of_row(self, item: Any, name: str) -> Sight:
        is_opened = has_request_context() and g.get("restricted_opened") is item
        return WHOLE if is_opened else self.of_column(type(item), name)

    def of_column(self, model: Any, name: str) -> Sight:
        return _MASKED if self.speaks_of(model, name) else WHOLE


class RestrictedMixin(Declarations):
    """Offers the opening to those who hold `can_restricted`, for the clients they are responsible for; `can_restricted_all` lifts that."""

    def may_open_restricted(self, item: Any) -> bool:
        actor = current_actor()
        if actor is None or not self.may("restricted") or not restricted_columns(self.datamodel.obj):
            return False
        # A participant's scope holds nothing of the kind but what it wrote itself.
        if actor.is_participant or self.may("restricted_all"):
            return True
        responsible = current_app.extensions[RESPONSIBLE]
        return all(responsible(db.session, key) == actor.user_id for key in client_ids_of(item))

    def restricted_buttons(self, item: Any) -> list[dict[str, Any]]:
        """Give the button that opens what is restricted, to who may."""
        if not self.may_open_restricted(item):
            return []
        return [{"label": _("Open the restricted data"), "url": self.url("open_restricted", pk=item.id), "method": "post", "kind": "secondary", "confirm_text": None}]

    @expose("/restricted/<pk>", methods=["POST"])
    @has_access
    @permission_name("restricted")
    def open_restricted(self, pk: str) -> Any:
        """Show what is restricted of one row; asking for it is an event with the reader's purpose."""
        item = self.row_or_404(pk)
        if not self.may_open_restricted(item):
            abort(403)
        g.restricted_opened = item
        names = [name for name in restricted_columns(self.datamodel.obj) if name in self.label_columns]
        html = self.render_template(
            "koto/show.html", title=self.title_of(item), subtitle=_("This opening was recorded in the log with its purpose."), related=[],
            groups=[{"title": _("Restricted data"), "items": [{"label": self.label_columns[name], "text": shown(item, name)} for name in names]}],
            buttons=[{"label": _("Back"), "url": self.url("show", pk=pk), "method": "get", "kind": "secondary", "confirm_text": None}],
        )  # fmt: skip
        record_event(db.session, f"{self.event}:restricted_read", client_ids=client_ids_of(item), row_id=str(item.id), version=version_of(item))
        db.session.commit()
        return html
