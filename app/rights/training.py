"""The certificate of training in an application for a right: verified here, given in the training environment (`docs/adr/0054`)."""

from __future__ import annotations

from datetime import date

from flask import current_app

from app.core.training_code import BadCodeError, Training, person_mark, read_code
from app.db.base import db
from app.rights.rules import broken_training

# Under this name the wiring gives the path that a role asks for and its version now, None for a role without one.
WANTED_OF = "koto_training_wanted"
# Under this one, whether an organisation demands a certificate of whoever applies to it on a day.
DEMANDED_BY = "koto_training_demanded"


def asks_for_training() -> bool:
    """Tell whether a certificate can be verified in this installation."""
    return current_app.config["KOTO"].training_certificate_key is not None


def verified(code: str | None, role: str, given_name: str, family_name: str, *, asked_of: str) -> tuple[Training | None, str | None]:
    """Give what a code says, None without one, and the rule it breaks; `asked_of` is the organisation applied to.

    A certificate is needed where the installation demands it of everybody, or that organisation of who applies to it.
    """
    settings = current_app.config["KOTO"]
    if settings.training_certificate_key is None:
        return None, None
    try:
        found = read_code(code, settings.training_certificate_key) if code else None
    except BadCodeError:
        return None, "TRAINING_CODE"
    wanted = current_app.extensions[WANTED_OF](role)
    is_required = settings.requires_training or current_app.extensions[DEMANDED_BY](db.session, asked_of, date.today())
    return found, broken_training(found, wanted=wanted, person=person_mark(given_name, family_name), is_required=is_required)
