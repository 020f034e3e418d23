"""The accessibility statement, for everybody. What it says of the assessment must be what `tests/house/test_accessibility.py` does."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, current_app, render_template
from flask_babel import format_date
from flask_babel import gettext as _

from app.deadlines.numbers import number

# The day somebody last compared the statement with the service.
REVIEWED_ON = date(2026, 11, 25)

statement = Blueprint("statement", __name__)


@statement.get("/accessibility")
def accessibility() -> Any:
    return render_template(
        "koto/accessibility.html", title=_("Accessibility statement"), reviewed_on=format_date(REVIEWED_ON),
        email=current_app.config["KOTO"].feedback_email, reply_days=number("ACCESSIBILITY_REPLY", date.today()).amount,
    )  # fmt: skip
