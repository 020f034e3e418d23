"""Before a client is made: is the person here already; after it: ask the others. And the page of a record that was joined."""

from __future__ import annotations

from typing import Any

import structlog
from flask import abort, current_app, request, url_for
from flask_babel import gettext as _
from flask_limiter import RateLimitExceeded

from app.access.actor import current_actor
from app.access.visibility import prepare
from app.audit.record import record_event
from app.clients.models import Client
from app.db.base import db
from app.db.types import blind_index, is_id
from app.duplicates.actions import note_new_client
from app.duplicates.labels import WHY
from app.duplicates.queries import likely_same
from app.web.confirmation import BACK
from app.web.display import shown
from app.web.drafts import place_of_form
from app.web.form_page import FormPage
from app.web.forms import without_secrets
from app.web.interface import Interface

# The clients whom the writer was shown and judged to be other persons: in the form, or in the address a program calls.
JUDGED = "_another_person"
_NOT_CARRIED = frozenset({"csrf_token", JUDGED, BACK})
# One count for each person, whichever way clients are sought.
_SCOPE = "new-client"
Hits = list[tuple[Client, str]]

log = structlog.get_logger()


def _judged() -> set[str]:
    return {key for key in request.values.getlist(JUDGED) if is_id(key)}


def _may_seek() -> bool:
    """Count one more new client that a person seeks, and tell whether it is not too many: who would learn whom others serve has to try many names."""
    actor = current_actor()
    limiter: Any = current_app.appbuilder.sm.limiter  # type: ignore[attr-defined]
    try:
        with limiter.shared_limit(current_app.config["NEW_CLIENT_RATE_LIMIT"], scope=_SCOPE, key_func=lambda: str(actor.user_id if actor else "")):
            return True
    except RateLimitExceeded:
        log.warning("new_clients_limited", user=actor.user_id if actor else None)
        return False


def _found(form: Any) -> Hits:
    """Give who may be the person of a correct form and was not judged another yet; a hit by code always stands in the way."""
    asked = Client(family_name=form.family_name.data, given_names=form.given_names.data, birth_date=form.birth_date.data)
    asked.identity_code_digest = blind_index(form.identity_code.data) if form.identity_code.data else None
    hits = likely_same(db.session, asked)
    if {client.id for client, _why in hits} <= _judged() and may_go_on(hits):
        return []
    prepare([client for client, _why in hits])
    return hits


def may_go_on(hits: Hits) -> bool:
    """A code stands once in a register: who has the same one is the same person, or one of the two codes is wrong."""
    return all(why != "CODE" for _client, why in hits)


def _record(hits: Hits) -> None:
    record_event(db.session, "client:searched", client_ids=[client.id for client, _why in hits], criteria=["duplicates"], hits=len(hits))
    db.session.commit()


class SamePerson:
    """What the pages and the API of clients ask of this feature."""

    def page(self, view: Any, form: Any, page: FormPage) -> Any:
        """Show the clients who may be the person of the form, None when there is none or each was judged another."""
        if not _may_seek():
            form.form_errors.append(_("You have recorded many new clients in a short time. Wait a while and save again; what you typed is below."))
            return view.form_page(form, page, 429)
        hits = _found(form)
        if not hits:
            return None
        rows = [{"name": client.name, "birth_date": shown(client, "birth_date"), "why": WHY[why], "url": view.url("show", pk=client.id)} for client, why in hits]
        html = view.render_template(
            "koto/likely_same.html", title=_("Is this person a client already?"), hits=rows, form_action=place_of_form(), cancel_url=page.cancel_url,
            may_go_on=may_go_on(hits), main_form="main-form",
            carried=[*without_secrets((name, value) for name, value in request.form.items(multi=True) if name not in _NOT_CARRIED),
                     *((JUDGED, client.id) for client, _why in hits)],
        )  # fmt: skip
        _record(hits)
        return html

    def told(self, form: Any) -> dict[str, Any] | None:
        """Tell a program the same; it goes on with the keys of those who are other persons as `_another_person` in the address."""
        if not _may_seek():
            abort(429)
        hits = _found(form)
        if not hits:
            return None
        sentence = _("The register holds someone who may be the same person. Look before you make a new client.")
        told = {"message": sentence, "may_go_on": may_go_on(hits), "same": [{"id": client.id, "why": str(WHY[why])} for client, why in hits]}
        _record(hits)
        return told

    def note_new(self, item: Client) -> None:
        """Keep the judgements the writer made, and ask the other controllers; in the transaction that makes the client."""
        hits = {client.id for client, _why in likely_same(db.session, item, but=item.id) if client.org_id == item.org_id}
        note_new_client(db.session, item, sorted(hits & _judged()))

    def kept_page(self, view: Any, item: Client) -> Any:
        """Show where the record leads that was joined to another."""
        kept = Interface(Client).get(item.merged_into_id)
        # The kept one may have moved to another municipality since.
        buttons = [] if kept is None else [
            {"label": _("Open the record that is kept"), "url": url_for("ClientView.show", pk=kept.id), "method": "get", "kind": "primary", "confirm_text": None}
        ]  # fmt: skip
        html = view.render_template("koto/show.html", title=view.title_of(item), groups=[], related=[], buttons=buttons,
                                    subtitle=_("This record was joined to another record of the same person. Everything is kept there."))  # fmt: skip
        view.record_reading(item)
        db.session.commit()
        return html
