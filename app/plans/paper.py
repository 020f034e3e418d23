"""The plan as a PDF."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from flask import render_template

from app.core.pdf import tagged_pdf
from app.plans.document import PlanDocument
from app.plans.second_language import direction, is_unconfirmed


@cache
def _css() -> str:
    return (Path(__file__).parent / "plan.css").read_text(encoding="utf-8")


def plan_html(document: PlanDocument) -> str:
    """Give the page from which the PDF is made; nothing in it points outside itself."""
    second = document.second
    return render_template(
        "koto/plan_document.html", document=document, direction=direction(second) if second else "ltr",
        has_note=second is not None and is_unconfirmed(second),
    )  # fmt: skip


def plan_pdf(document: PlanDocument, html: str) -> bytes:
    """Make the PDF; long texts take a second or more, so no transaction should be open meanwhile."""
    return tagged_pdf(html, _css(), second_language=document.second)
