"""Organisations as a relation of other features' forms."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import select

from app.access.actor import current_actor
from app.codes.areas import ReferenceOrganisation, reference_organisations
from app.codes.edition import of_edition
from app.core.folding import folded
from app.db.base import db
from app.db.types import is_id
from app.organisations.models import Organisation, organisation_key
from app.organisations.places import is_code_of_place, is_of_place
from app.web.language import current_language
from app.web.relation import FOUND_AT_MOST


class _Names(NamedTuple):
    name_fi: str
    name_sv: str


_asked: dict[str, _Names] = {}


@of_edition
def _municipalities() -> dict[str, ReferenceOrganisation]:
    return {organisation_key(row.kind, row.code): row for row in reference_organisations() if row.kind == "MUNICIPALITY"}


def municipality_name(key: str) -> str | None:
    """Give a municipality's name in the reader's language, merged ones too; costs no statement but the first time for one of a training place."""
    row: Any = _municipalities().get(key) or _of_place(key)
    if row is None:
        return None
    return row.name_sv if current_language() == "sv" else row.name_fi


def _of_place(key: str) -> _Names | None:
    """Give the names of a training place's municipality; they never change, so each process asks once."""
    if key not in _asked:
        found = db.session.execute(select(Organisation.name_fi, Organisation.name_sv).where(Organisation.id == key, is_of_place())).first() if is_id(key) else None
        if found is None:
            return None
        _asked[key] = _Names(*found)
    return _asked[key]


def _own_of_place() -> str | None:
    """Give the key of the actor's municipality when it is a training place's: beside the country's the only one offered."""
    actor = current_actor()
    return actor.organisation_id if actor and is_code_of_place(actor.organisation_code) and not actor.is_participant else None


class MunicipalityRelation:
    """Municipalities in force, found by either language's name or by the code."""

    is_required, is_open, narrowed_by = True, True, None

    def coerce(self, key: str) -> str:
        if not is_id(key):
            raise ValueError("not a key")
        return key

    def find(self, words: str) -> list[tuple[str, str]]:
        wanted = folded(words)
        hits, own = [], _own_of_place()
        if own and wanted and wanted in folded(str(municipality_name(own))):
            hits.append((False, str(municipality_name(own)), own))
        for key, row in _municipalities().items():
            names = (folded(row.name_fi), folded(row.name_sv), row.code)
            if wanted and self.may_take(key) and any(wanted in name for name in names):
                is_start = any(name.startswith(wanted) for name in names)
                hits.append((not is_start, str(municipality_name(key)), key))
        return [(key, text) for _later, text, key in sorted(hits, key=lambda hit: (hit[0], hit[1].casefold()))][:FOUND_AT_MOST]

    def text_of(self, value: str) -> str | None:
        return municipality_name(value)

    def may_take(self, value: str) -> bool:
        if value == _own_of_place():
            return True
        row, today = _municipalities().get(value), date.today()
        return row is not None and (row.valid_from is None or row.valid_from <= today) and (row.valid_to is None or row.valid_to >= today)


class AnyOrganisationRelation:
    """Organisations of every kind in force, found by a part of either language's name."""

    is_required, is_open, narrowed_by = False, True, None

    def coerce(self, key: str) -> str:
        if not is_id(key):
            raise ValueError("not a key")
        return key

    def find(self, words: str) -> list[tuple[str, str]]:
        wanted = folded(words)
        if not wanted:
            return []
        today = date.today()
        query = select(Organisation).where(Organisation.valid_to.is_(None) | (Organisation.valid_to >= today)).order_by(Organisation.name_fi, Organisation.id)
        hits = [row for row in db.session.scalars(query) if wanted in folded(row.name_fi) or wanted in folded(row.name_sv)]
        return [(row.id, row.name_in(current_language())) for row in hits[:FOUND_AT_MOST]]

    def text_of(self, value: str) -> str | None:
        row = db.session.get(Organisation, value)
        return row and row.name_in(current_language())

    def may_take(self, value: str) -> bool:
        return db.session.get(Organisation, value) is not None
