"""The certificate of training in an application for a right: verified here, given in the training environment (`docs/adr/0054`)."""

from __future__ import annotations

from flask import current_app

from app.core.training_code import BadCodeError, Training, person_mark, read_code
from app.rights.rules import broken_training

# Under this name the wiring gives the path that a role asks for and its version now, None for a role without one.
WANTED_OF = "koto_training_wanted"


def asks_for_training() -> bool:
    """Tell whether a certificate can be verified in this installation."""
    return current_app.config["KOTO"].training_certificate_key is not None


def verified(code: str | None, role: str, given_name: str, family_name: str) -> tuple[Training | None, str | None]:
    """Give what a code says, None without one, and the rule it breaks."""
    settings = current_app.config["KOTO"]
    if settings.training_certificate_key is None:
        return None, None
    try:
        found = read_code(code, settings.training_certificate_key) if code else None
    except BadCodeError:
        return None, "TRAINING_CODE"
    wanted = current_app.extensions[WANTED_OF](role)
    return found, broken_training(found, wanted=wanted, person=person_mark(given_name, family_name), is_required=settings.requires_training)
