"""The style guide: tokens with their measured contrast, and every component beside the call that draws it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import format_decimal
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from app.styleguide.samples import SampleRelation, samples
from app.styleguide.tokens import SHEET, USES, contrasts, tokens

styleguide = Blueprint("styleguide", __name__, url_prefix="/styleguide")

# Each names a template in `koto/styleguide/`: what it holds is shown, and run.
EXAMPLES: dict[str, Any] = {
    "page_header": _l("Heading of a page"), "navigation": _l("Navigation"), "language_switch": _l("Change of language"), "tabs": _l("Tabs"),
    "data_table": _l("Table"), "matrix": _l("Table of yes and no"), "filters": _l("Filters and limits in use"), "list_settings": _l("Columns and saved limits"), "pager": _l("Pages of a list"), "empty_state": _l("Empty list"),
    "summary_list": _l("List of facts"), "glance": _l("At a glance"), "panels": _l("What is due, and timeline"), "figures": _l("Figures"),
    "task_list": _l("Task list"), "links": _l("Links with what is behind them"), "progress": _l("Progress"), "tag": _l("Status"),
    "message": _l("Answer to what was done"), "announcement": _l("Announcement above every page"), "live_status": _l("Status while the page is open"), "banner": _l("Banner"), "buttons": _l("Buttons"), "confirm": _l("Confirmation"),
    "error_summary": _l("List of errors"), "field_text": _l("Text field, required and with help"), "field_error": _l("Field with an error"),
    "field_prose": _l("Long text"), "field_date": _l("Date"), "field_number": _l("Number"), "field_select": _l("One choice of many"),
    "field_told": _l("What a choice means"), "field_suggestions": _l("Choice by typing"), "field_checkbox": _l("Yes or no"), "field_radio": _l("One choice of few"),
    "field_checkboxes": _l("Many choices"), "select_field": _l("One choice outside a form of fields"), "rows": _l("Repeating rows"),
    "versions": _l("Two versions of the same entry"), "history": _l("History of an entry"), "file_drop": _l("File"), "pdf_form": _l("Open as PDF"),
}  # fmt: skip


@styleguide.before_request
def signed_in() -> Any:
    """Let in whoever has signed in: there is nothing here that a right would guard."""
    return None if current_user.is_authenticated else redirect(url_for("SignInView.login"), 303)


def _source(name: str) -> str:
    environment = current_app.jinja_env
    return environment.loader.get_source(environment, f"koto/styleguide/{name}.html")[0].strip()  # type: ignore[union-attr]


def _tokens_shown() -> dict[str, Any]:
    sheet = SHEET.read_text(encoding="utf-8")
    light, dark = tokens(sheet)
    measured = [
        {"above": found.above, "below": found.below, **{name: format_decimal(getattr(found, name), "0.0") for name in ("light", "dark", "least")}}
        for found in contrasts(sheet)
    ]  # fmt: skip
    sizes = {part: [(name, value) for name, value in light.items() if name.startswith(f"{part}-")] for part in ("space", "text")}
    colours = [{"name": name, "use": use, "light": light[name], "dark": dark[name]} for name, use in USES.items()]
    return {"colours": colours, "contrasts": measured, "sizes": sizes}


@styleguide.get("")
def page() -> Any:
    examples = [{"name": name, "title": title, "source": _source(name)} for name, title in EXAMPLES.items()]
    lead = _("Every part of the pages, and the call that draws it. Nothing here is about a real person.")
    return render_template("koto/styleguide.html", title=_("Style guide"), lead=lead, examples=examples, **_tokens_shown(), **samples())


@styleguide.post("")
def confirmed() -> Any:
    flash(_("You confirmed. Nothing was deleted: this page only shows."), "success")
    return redirect(url_for("styleguide.page"), 303)


@styleguide.post("/suggestions/<name>")
def suggestions(name: str) -> Any:
    sent = request.get_json(silent=True)
    words = str(sent.get("q", "")) if isinstance(sent, dict) else ""
    return jsonify([{"id": key, "text": text} for key, text in SampleRelation().find(words[:100])])
