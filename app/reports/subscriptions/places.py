"""The pages that can be subscribed to, by their address: a ready-made view, or an indicator as its page shows it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.reports.catalogue.all import INDICATORS
from app.reports.catalogue.indicator import Audience
from app.reports.figures import Viewer
from app.reports.out.arguments import ARGUMENTS, BadQuestionError, question_from
from app.reports.ready_made import READY_MADE
from app.reports.values import area_name
from app.reports.areas import Level
from app.web.language import current_language

_PATH = re.compile(r"/reports/(show|view)/([A-Za-z0-9-]{1,40})")
# The period comes with each letter.
_KEPT = tuple(name for name in ARGUMENTS if name not in ("period", "to"))


@dataclass(frozen=True)
class Place:
    """A page: of an indicator with its arguments, or a ready-made view."""

    kind: str
    name: str
    arguments: Mapping[str, str]

    @property
    def address(self) -> str:
        """Give the address of the page on this site, without a period."""
        return f"/reports/{self.kind}/{self.name}{'?' if self.arguments else ''}{urlencode(self.arguments)}"

    def address_in(self, period: str) -> str:
        """Give the address of the page in a period."""
        return f"/reports/{self.kind}/{self.name}?{urlencode({**self.arguments, 'period': period})}"

    @property
    def title(self) -> str:
        """Name the page in the reader's language; the area where the address names one."""
        language = current_language()
        if self.kind == "view":
            return str(READY_MADE[self.name].title)
        title, area, level = INDICATORS[self.name].text("name", language), self.arguments.get("area"), self.arguments.get("level", "")
        return f"{title}, {area_name(Level(level), area, language)}" if area and level in Level.__members__ else title

    def audiences(self) -> frozenset[Audience]:
        """Give who may read the page."""
        return READY_MADE[self.name].audiences if self.kind == "view" else INDICATORS[self.name].audiences


def place_at(address: str) -> Place | None:
    """Read an address, also one that was copied whole; None where no page of reports stands."""
    try:
        parts = urlsplit(address.strip())
        found = _PATH.fullmatch(parts.path)
        sent = dict(parse_qsl(parts.query, max_num_fields=20))
    except ValueError:
        return None
    if found is None or found[2] not in (READY_MADE if found[1] == "view" else INDICATORS):
        return None
    kept = {name: sent[name] for name in _KEPT if sent.get(name)} if found[1] == "show" else {}
    return Place(found[1], found[2], kept)


def place_for(session: Session, viewer: Viewer, address: str, today: date) -> Place:
    """Give the page at an address that a viewer may read. Raises BadQuestionError with a sentence."""
    place = place_at(address)
    if place is None or viewer.audience not in place.audiences():
        raise BadQuestionError(_("This is no address of a report that you may read. Open the report and copy its address."))
    if place.kind == "show":
        question_from(session, viewer, place.name, place.arguments, today)
    return place
