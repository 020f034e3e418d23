"""The certificate of a path in words, for its page and for paper, and whether it still stands."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from flask import render_template
from flask_babel import format_date
from flask_babel import gettext as _

from app.codes.lists import label
from app.core.pdf import tagged_pdf
from app.training.exercises.all import BY_KEY
from app.training.exercises.models import TrainingCertificate
from app.training.exercises.texts import text
from app.web.language import current_language

# Role → the path whose certificate is asked of whoever applies for it.
PATH_OF_ROLE = {
    "CASEWORKER": "WORKER", "TEAM_LEAD": "WORKER", "INTAKE_WORKER": "WORKER", "WSC_PARTICIPANT": "COUNTY", "ACCESS_ADMIN": "ADMIN", "LOG_AUDITOR": "ADMIN",
    "ANALYST": "ANALYST",
}  # fmt: skip


def wanted_of(role: str) -> tuple[str, str] | None:
    """Give the path that a role asks for and its version now; None for a role without one."""
    path = PATH_OF_ROLE.get(role)
    return (path, BY_KEY[path].version) if path else None


def stands(certificate: TrainingCertificate) -> bool:
    """Tell whether the path still asks what it asked when the certificate was given."""
    return certificate.path in BY_KEY and BY_KEY[certificate.path].version == certificate.version


def facts(certificate: TrainingCertificate, person: str) -> list[tuple[str, str]]:
    """Give what the certificate says, name and text."""
    return [
        (_("Name"), person), (_("Path"), label("TRAINING_PATH", certificate.path, current_language())),
        (_("Given on"), format_date(certificate.given_on)), (_("Version of the path"), certificate.version),
        (_("State"), _("Holds") if stands(certificate) else _("Has lapsed: the exercises of the path have changed since.")),
    ]  # fmt: skip


def exercises_of(certificate: TrainingCertificate) -> list[str]:
    """Give the titles of the exercises; none of a certificate that has lapsed, whose exercises were others."""
    return [text("exercises", one.id, "title") for one in BY_KEY[certificate.path].exercises] if stands(certificate) else []


@cache
def _css() -> str:
    return (Path(__file__).parent / "certificate.css").read_text(encoding="utf-8")


def certificate_pdf(certificate: TrainingCertificate, person: str) -> bytes:
    """Make the PDF in the language in force; takes a second, so no transaction should be open meanwhile."""
    html = render_template(
        "koto/training_certificate_document.html", title=_("Certificate of training"), language=current_language(), facts=facts(certificate, person),
        exercises=exercises_of(certificate), code=certificate.code,
    )  # fmt: skip
    return tagged_pdf(html, _css())
