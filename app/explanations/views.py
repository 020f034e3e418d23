"""Pages that tell who may see a client's data, and why one person may or may not."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import abort, current_app, request, url_for
from flask_appbuilder import expose
from flask_appbuilder.baseviews import BaseView
from flask_appbuilder.security.decorators import has_access
from flask_appbuilder.security.sqla.models import User
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.access.actor import Actor, current_actor
from app.audit.record import record_event
from app.clients.models import Client
from app.db.base import db
from app.db.types import is_id
from app.explanations.display import relation_text, role_text, shown_link
from app.explanations.labels import PERSON
from app.explanations.queries import chain_of, people_to_ask_about, people_who_see, relations_of
from app.web.language import current_language
from app.web.table import table

MOST = 200


def explanation_buttons(client: Client) -> list[dict[str, Any]]:
    """Give the client page's way here, to those of the controller who may ask."""
    actor, may = current_actor(), current_app.appbuilder.sm.has_access  # type: ignore[attr-defined]
    if actor is None or client.org_id != actor.organisation_id or not may("can_show", "ExplanationView"):
        return []
    return [{"label": ExplanationView.show_title, "url": url_for("ExplanationView.show", pk=client.id), "method": "get", "kind": "secondary", "confirm_text": None}]


class ExplanationView(BaseView):  # type: ignore[misc]
    """A client is known here by the key, and by name to who may see the client; only the controller's people are answered."""

    route_base, event, is_of_clients = "/explanations", "explanation", True
    default_view = "show"
    list_title = show_title = _l("Who may see the data")
    base_permissions = ["can_show"]

    @expose("/show/<pk>", methods=["GET"])
    @has_access
    def show(self, pk: str) -> Any:
        """Show who may see a client's data today, and the chain of the person of the argument `who`."""
        actor, today = current_actor() or abort(403), date.today()
        relations = relations_of(db.session, pk, actor.organisation_id) if is_id(pk) else {}
        if not relations:
            abort(404)
        people = people_to_ask_about(db.session, relations)
        person = self._person_asked(people)
        links = chain_of(db.session, person, relations, today) if person else []
        seeing = people_who_see(db.session, relations, today, MOST + 1)
        html = self.render_template(
            "koto/explanation.html", title=self.show_title, lead=_lead(actor, pk), number=pk, person=person, choices=[("", ""), *((str(user.id), _name(user)) for user in people)],
            links=[shown_link(link) for link in links], may_see=any(link.refusal is None for link in links), is_cut=len(seeing) > MOST,
            back_url=url_for("ClientView.show", pk=pk) if actor.sees_clients else None, people=_table(seeing[:MOST]),
        )  # fmt: skip
        record_event(db.session, "explanation:read", client_ids=[pk], row_id=pk, purpose="CONTROLLER")
        db.session.commit()
        return html

    def _person_asked(self, people: list[User]) -> User | None:
        """Give the person of the address; 404 for one who has nothing to do with the client's organisations."""
        asked = request.args.get("who")
        return None if not asked else next((user for user in people if str(user.id) == asked), None) or abort(404)


def _lead(actor: Actor, pk: str) -> str | None:
    client = db.session.get(Client, pk) if actor.sees_clients else None
    return f"{client.given_names} {client.family_name}" if client else None


def _name(user: User) -> str:
    return f"{user.last_name}, {user.first_name}"


def _table(seeing: list[Any]) -> dict[str, Any]:
    language = current_language()
    return table(
        {name: str(text) for name, text in PERSON.items()},
        [
            (None, [_name(user), role_text(grant), organisation.name_in(language), relation_text(relation),
                    f"{grant.valid_to:%-d.%-m.%Y}" if grant.valid_to else _("until further notice")])
            for grant, organisation, user, relation in seeing
        ],
    )  # fmt: skip
