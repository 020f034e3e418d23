"""As whom a signed-in person reads figures: their role in the kind of organisation they act in."""

from __future__ import annotations

from app.access.actor import Actor
from app.codes.areas import reference_organisations
from app.codes.edition import of_edition
from app.organisations.models import organisation_key
from app.organisations.places import KINDS
from app.reports.catalogue.indicator import Audience
from app.reports.figures import NotForViewerError, Viewer

_OF_ROLE = {"CASEWORKER": Audience.WORKER, "TEAM_LEAD": Audience.LEAD, "LOG_AUDITOR": Audience.OFFICER}
_OF_ANALYST = {
    "MUNICIPALITY": Audience.MUNICIPALITY, "WELLBEING_COUNTY": Audience.COUNTY, "ECONOMIC_DEVELOPMENT_CENTRE": Audience.AGENCY,
    "NATIONAL_AGENCY": Audience.NATIONAL, "MINISTRY": Audience.MINISTRY,
}  # fmt: skip
EVERYBODY = Viewer(Audience.PUBLIC)


def viewer_of(actor: Actor, organisation_kind: str) -> Viewer:
    """Give the viewer an actor is. Raises NotForViewerError for a role without figures."""
    audience = _OF_ANALYST.get(organisation_kind) if actor.role == "ANALYST" else _OF_ROLE.get(actor.role)
    if audience is None:
        raise NotForViewerError(actor.role)
    return Viewer(audience, actor.organisation_id, sees_protected=actor.role in _OF_ROLE)


@of_edition
def _kinds() -> dict[str, str]:
    return {organisation_key(row.kind, row.code): row.kind for row in reference_organisations()}


def viewer_here(actor: Actor) -> Viewer:
    """Give the viewer an actor is in the organisation they act in. Raises NotForViewerError for a role without figures."""
    return viewer_of(actor, _kinds().get(actor.organisation_id) or _kind_of_place(actor))


def _kind_of_place(actor: Actor) -> str:
    """Give the kind of a training place's organisation: it is counted nowhere, and its people read the figures of all others."""
    return next((kind for kind in KINDS if organisation_key(kind, actor.organisation_code) == actor.organisation_id), "")
