"""Before a client is made: is the person here already; after it: ask the others. And the page of a record that was joined."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _

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

# The clients whom the writer was shown and judged to be other persons.
JUDGED = "_another_person"
_NOT_CARRIED = frozenset({"csrf_token", JUDGED, BACK})


def _judged() -> set[str]:
    return {key for key in request.form.getlist(JUDGED) if is_id(key)} if request.form else set()


def seek_same(view: Any, form: Any, item: Client, page: FormPage) -> Any:
    """Show the clients who may be the person of the form, None when there is none or each was judged another."""
    asked = Client(family_name=form.family_name.data, given_names=form.given_names.data, birth_date=form.birth_date.data)
    asked.identity_code_digest = blind_index(form.identity_code.data) if form.identity_code.data else None
    hits = likely_same(db.session, asked)
    if {client.id for client, _why in hits} <= _judged() and not any(why == "CODE" for _client, why in hits):
        return None
    prepare([client for client, _why in hits])
    rows = [{"name": client.name, "birth_date": shown(client, "birth_date"), "why": WHY[why], "url": view.url("show", pk=client.id)} for client, why in hits]
    html = view.render_template(
        "koto/likely_same.html", title=_("Is this person a client already?"), hits=rows, form_action=place_of_form(), cancel_url=page.cancel_url,
        # A code stands once in a register: who has the same one is the same person, or one of the two codes is wrong.
        may_go_on=all(why != "CODE" for _client, why in hits), main_form="main-form",
        carried=[*without_secrets((name, value) for name, value in request.form.items(multi=True) if name not in _NOT_CARRIED),
                 *((JUDGED, client.id) for client, _why in hits)],
    )  # fmt: skip
    record_event(db.session, "client:searched", client_ids=[client.id for client, _why in hits], criteria=["duplicates"], hits=len(hits))
    db.session.commit()
    return html


def note_new(item: Client) -> None:
    """Keep the judgements the writer made, and ask the other controllers; in the transaction that makes the client."""
    hits = {client.id for client, _why in likely_same(db.session, item, but=item.id)}
    note_new_client(db.session, item, sorted(hits & _judged()))


def kept_page(view: Any, item: Client) -> Any:
    """Show where the record leads that was joined to another."""
    button = {"label": _("Open the record that is kept"), "url": url_for("ClientView.show", pk=item.merged_into_id), "method": "get", "kind": "primary", "confirm_text": None}
    html = view.render_template("koto/show.html", title=view.title_of(item), groups=[], related=[], buttons=[button],
                                subtitle=_("This record was joined to another record of the same person. Everything is kept there."))  # fmt: skip
    view.record_reading(item)
    db.session.commit()
    return html
