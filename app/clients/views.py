"""Pages of clients."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import abort
from flask_appbuilder import action, expose
from flask_appbuilder.security.decorators import has_access
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.access.actor import current_actor
from app.access.visibility import sight_of, visible_columns
from app.audit.record import record_event
from app.clients.actions import own_client, prepare_client, take_clients
from app.clients.closing_views import CLOSING_DEEDS, ENDING, ClosingMixin
from app.clients.fact_views import LanguageSkillView
from app.clients.forms import identity_code_field
from app.clients.labels import BROKEN, CLIENT
from app.clients.matches import names_told, search_words
from app.clients.models import Client
from app.clients.protected_views import ProtectedMixin
from app.clients.queries import key_in, named_by_key
from app.clients.reassigning import ReassignMixin
from app.clients.reminder_views import ReminderView
from app.clients.rules import broken_client_rules
from app.db.base import db
from app.organisations.relations import MunicipalityRelation, municipality_name
from app.users.relations import WorkerRelation
from app.web.display import shown
from app.web.form_page import FormPage
from app.web.interface import Interface
from app.web.restricted import RESTRICTED_DEEDS
from app.web.restricted_codes import TRAFFICKING_DEEDS
from app.web.rows import Rows

_PERSON = ["family_name", "given_names", "call_name", "identity_code", "no_identity_code_reason", "birth_date", "gender", "citizenship"]
_SERVICE = ["mother_tongue", "service_language", "interpreter_needed", "interpreter_language", "interpreter_mode"]
_CONTACT = ["phone", "email", "street_address", "postal_code", "post_office", "non_disclosure"]
_SITUATION = ["home_municipality_id", "responsible_worker_id", "arrival_date", "employment_status", "relationship_started"]


def _sets(person: list[str], contact: list[str], situation: list[str]) -> list[Any]:
    return [
        (_l("Person"), {"fields": person}), (_l("Language and interpreting"), {"fields": _SERVICE}),
        (_l("Contact details"), {"fields": contact}), (_l("Situation"), {"fields": situation}),
    ]  # fmt: skip


class ClientView(ReassignMixin, ProtectedMixin, ClosingMixin):
    route_base = "/clients"
    datamodel = Interface(Client)
    event = "client"
    list_title, show_title, add_title, edit_title = _l("Clients"), _l("Client"), _l("Add a client"), _l("Edit the client")
    list_columns = ["name", "birth_date", "service_language", "status", "responsible_worker"]
    more_columns = ("citizenship", "mother_tongue", "interpreter_needed", "employment_status", "arrival_date", "relationship_started")
    order_columns = ["birth_date", "relationship_started"]
    base_order = ("search_name", "asc")
    search_columns = ["responsible_worker_id", "status", "service_language", "employment_status", "interpreter_needed", "relationship_started"]
    search_text_columns = ("search_name",)
    show_fieldsets = _sets(
        ["family_name", "given_names", "call_name", "masked_identity_code", "no_identity_code_reason", "birth_date", "gender", "citizenship"],
        ["non_disclosure"],
        ["responsible_worker", "arrival_date", "employment_status", "relationship_started", "status", "trafficking_victim"],
    )
    rows = (Rows("language_skills", LanguageSkillView, on=("add",)),)
    add_fieldsets = edit_fieldsets = _sets(_PERSON, _CONTACT, _SITUATION)
    label_columns = {**CLIENT, "name": _l("Name")}
    needs = {"no_identity_code_reason": "identity_code=", "interpreter_language": "interpreter_needed", "interpreter_mode": "interpreter_needed"}
    show_template = "koto/client_show.html"
    relations = {"home_municipality_id": MunicipalityRelation(), "responsible_worker_id": WorkerRelation()}
    base_permissions = ["can_list", "can_show", "can_add", "can_edit", "can_search", "can_identity_code", "can_protected", "can_suggest", "can_action_post", "take", "reassign",
                        "can_export", "can_restricted", "can_restricted_all", "can_trafficking", "can_close", "can_reopen", "can_hold", "can_release"]  # fmt: skip
    deeds: Any = {**RESTRICTED_DEEDS, **TRAFFICKING_DEEDS, **CLOSING_DEEDS, "reassign": _l("Give clients to another worker")}
    # What the feature above does before and after a client is made, and where a record leads that was joined to another.
    same_person: Any = None

    def __init__(self, **kwargs: Any) -> None:
        self.add_form_extra_fields = {"identity_code": identity_code_field()}
        self.edit_form_extra_fields = {"identity_code": identity_code_field()}
        super().__init__(**kwargs)

    def asked_of_new(self, form: Any, page: FormPage) -> Any:
        return self.same_person.page(self, form, page)

    def told_of_new(self, form: Any) -> dict[str, Any] | None:
        return self.same_person.told(form)  # type: ignore[no-any-return]

    def after_new(self, item: Client) -> None:
        self.same_person.note_new(item)

    def shown_instead(self, item: Client) -> Any:
        return self.same_person.kept_page(self, item) if item.merged_into_id else None

    def search_words(self, text: str) -> list[str]:
        return [word for word, _typed in search_words(text)]

    def match_of(self, item: Client, text: str) -> str:
        key = key_in(text, date.today())
        return str(CLIENT[key[0]]) if key else names_told(text, (item.family_name, item.given_names, item.call_name))

    def search_criteria(self, text: str) -> tuple[str, ...]:
        key = key_in(text, date.today())
        return (key[0],) if key else ("name",)

    def exportable(self, items: list[Client]) -> list[Client]:
        return [item for item in items if not item.non_disclosure]

    def search_key(self, text: str) -> Any:
        return named_by_key(text, date.today())

    def search_label(self) -> str:
        return _("Find by part of the name, identity code or date of birth")

    def title_of(self, item: Client) -> str:
        return f"{item.given_names} {item.family_name}"

    def more_of(self, item: Client) -> dict[str, Any]:
        return {"reminder": self.registered(ReminderView).shown_on(item), "open_line": self.protected_line(item)}

    def buttons(self, item: Client) -> list[dict[str, Any]]:
        found = []
        if item.identity_code and self.may("identity_code"):
            found.append({"label": _("Show the identity code"), "url": self.url("identity_code", pk=item.id), "method": "post",
                          "kind": "secondary", "confirm_text": None})  # fmt: skip
        return [*found, *self.protected_button(item), *self.registered(ReminderView).buttons_on(item)]

    def last_buttons(self, item: Client) -> list[dict[str, Any]]:
        return [*self.deed_buttons(item), *super().last_buttons(item)]

    def groups_for(self, item: Client) -> list[dict[str, Any]]:
        groups = super().groups_for(item)
        if item.relationship_ended:
            groups[3]["items"] = [*groups[3]["items"], *({"label": CLIENT[name], "text": shown(item, name)} for name in visible_columns(item, ENDING) if name != "hold_reason" or item.hold_reason)]
        parts = [item.street_address, item.postal_code, item.post_office]
        address = ", ".join(part for part in parts if part) if sight_of(item, "street_address").is_whole else shown(item, "street_address")
        derived = {"shown_phone": shown(item, "phone"), "shown_email": shown(item, "email"), "shown_address": address}
        columns = {"shown_phone": "phone", "shown_email": "email", "shown_address": "street_address"}
        seen = [name for name, column in columns.items() if not sight_of(item, column).is_absent]
        groups[2]["items"] = [*({"label": CLIENT[name], "text": derived[name]} for name in seen), *groups[2]["items"]]
        home = municipality_name(item.home_municipality_id) or "" if sight_of(item, "home_municipality_id").is_whole else shown(item, "home_municipality_id")
        if not sight_of(item, "home_municipality_id").is_absent:
            groups[3]["items"].insert(0, {"label": CLIENT["home_municipality"], "text": home})
        return groups

    @action("take", _l("Take as my clients"), multiple=True, single=False)
    def take(self, rows: list[Client]) -> list[tuple[Client, str]]:
        """Make the actor the responsible worker of the ticked clients."""
        actor = current_actor() or abort(403)
        before = {client.id: client.responsible_worker_id for client in rows}
        take_clients(db.session, [client for client in rows if not client.archived_on], actor.user_id)

        def became(client: Client) -> str:
            if client.archived_on:
                return _("Has moved to another municipality.")
            return _("Was yours already.") if before[client.id] == actor.user_id else _("Is now yours.")

        return [(client, became(client)) for client in rows]

    @expose("/identity-code/<pk>", methods=["POST"])
    @has_access
    def identity_code(self, pk: str) -> Any:
        """Show the whole identity code; asking for it is an event of its own."""
        item = self.row_or_404(pk)
        html = self.render_template(
            "koto/show.html", title=self.title_of(item), subtitle=None, related=[],
            groups=[{"title": None, "items": [{"label": CLIENT["identity_code"], "text": item.identity_code or ""}]}],
            buttons=[{"label": _("Back to the client"), "url": self.url("show", pk=pk), "method": "get", "kind": "secondary", "confirm_text": None}],
        )  # fmt: skip
        record_event(db.session, "client:identity_code_read", client_ids=[item.id], row_id=item.id, version=item.version)
        db.session.commit()
        return html

    def rule_errors(self, form: Any, item: Client, parent: Any) -> list[tuple[str, str]]:
        broken = broken_client_rules(
            identity_code=form.identity_code.data, no_identity_code_reason=form.no_identity_code_reason.data, birth_date=form.birth_date.data,
            interpreter_needed=form.interpreter_needed.data, interpreter_language=form.interpreter_language.data, today=date.today(),
        )  # fmt: skip
        return [(field, str(BROKEN[rule])) for field, rule in broken]

    def before_keep(self, form: Any, item: Client, *, is_new: bool) -> None:
        prepare_client(item)
        actor = current_actor()
        if is_new and actor is not None:
            item.responsible_worker_id = item.responsible_worker_id or actor.user_id
            own_client(db.session, item, actor.organisation_id, date.today())
