"""Contacts about a client and guidance given, read together for the overview."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import literal, null, select, union_all
from sqlalchemy.orm import Session

from app.contacts.models import InitialContact
from app.contacts.states import ContactLife
from app.guidance.models import GuidanceEntry
from app.web.restricted_codes import text_of_code


@dataclass(frozen=True)
class Beginning:
    """A contact (with its outcome once it is handled) or a guidance entry; `code` is the sender or the way of meeting."""

    view: str
    id: str
    on: date
    code: str
    status: str | None
    handled_on: date | None
    outcome: str | None

    @property
    def waits(self) -> bool:
        """Tell whether it is a contact that nobody has handled."""
        return self.status is not None and ContactLife.allows(self.status, "handle")


def beginnings_of_client(session: Session, client_id: str, may: Callable[[str, str], bool]) -> list[Beginning]:
    """Give the contacts and the guidance that the reader may list, the first one first, by one statement."""
    contact, entry = InitialContact, GuidanceEntry
    parts: dict[str, Any] = {
        "InitialContactView": select(literal("InitialContactView"), contact.id, contact.received_on.label("day"), contact.sender_type, contact.status, contact.handled_on, contact.outcome)
        .where(contact.client_id == client_id),
        "GuidanceEntryView": select(literal("GuidanceEntryView"), entry.id, entry.given_on.label("day"), entry.channel, null(), null(), null()).where(entry.client_id == client_id),
    }  # fmt: skip
    seen = [part for view, part in parts.items() if may("can_list", view)]
    found = [Beginning(*row) for row in session.execute(union_all(*seen))] if seen else []
    return sorted(found, key=lambda one: (one.on, one.id))


def told_of(found: list[Beginning]) -> Iterator[tuple[date, str, str]]:
    """Give (day, text, address) of what happened; a handled contact happened twice."""
    for one in found:
        url = url_for(f"{one.view}.show", pk=one.id)
        if one.view == "GuidanceEntryView":
            yield one.on, _("Guidance and counselling: %(channel)s", channel=text_of_code("CHANNEL", one.code)), url
            continue
        yield one.on, _("Contact: %(sender)s", sender=text_of_code("SENDER_TYPE", one.code)), url
        if one.handled_on and one.outcome:
            yield one.handled_on, _("Contact handled: %(outcome)s", outcome=text_of_code("CONTACT_OUTCOME", one.outcome)), url
