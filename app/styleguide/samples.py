"""Invented contents for the components that the style guide shows."""

from __future__ import annotations

from typing import Any, ClassVar

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, DateField, IntegerField, RadioField, SelectMultipleField, StringField, TextAreaField, validators

from app.codes.lists import choices, label
from app.history.models import ADDED, CHANGED
from app.web.forms import CodeField, Form
from app.web.history_page import KINDS, Field
from app.web.language import current_language
from app.web.relation import FOUND_AT_MOST, RelationField
from app.web.rows import RowGroup, Rows
from app.web.table import Column, Row


class SampleRelation:
    """Languages of the world stand in for a table that is too long for a select."""

    is_required, is_open, narrowed_by = False, False, None

    def coerce(self, key: str) -> str:
        return key

    def find(self, words: str) -> list[tuple[str, str]]:
        return [pair for pair in choices("LANGUAGE", current_language()) if words.casefold() in pair[1].casefold()][:FOUND_AT_MOST]

    def text_of(self, value: Any) -> str | None:
        return label("LANGUAGE", value, current_language())

    def may_take(self, value: Any) -> bool:
        return True


def _sizes() -> list[tuple[str, Any]]:
    return [("1", _("One to one")), ("2", _("In a group")), ("3", _("Remotely"))]


class SampleForm(Form):
    """One field of each kind; it is never sent."""

    given_names = StringField(_l("Given names"), [validators.InputRequired()], description=_l("As they stand in the passport or identity card."))
    postal_code = StringField(_l("Postal code"), [validators.Length(max=5)])
    description = TextAreaField(_l("Description"), description=_l("Write so that the client can read it."))
    met_on = DateField(_l("Day of the meeting"))
    hours = IntegerField(_l("Hours a week"))
    stage = CodeField(_l("Stage"), codes="CLIENT_STATUS")
    language = RelationField(_l("Native language"), [], relation=SampleRelation(), endpoint="styleguide.suggestions", column="language",
                             description=_l("Write part of the name and choose from the suggestions."))  # fmt: skip
    interpreter = BooleanField(_l("Interpreter needed"))
    way = RadioField(_l("Way of the meeting"), choices=_sizes)
    ways = SelectMultipleField(_l("Ways that suit the client"), choices=_sizes)


class SampleRowForm(Form):
    """One row of the example of repeating rows."""

    language = CodeField(_l("Language"), codes="SERVICE_LANGUAGE")
    level = CodeField(_l("Level"), codes="CEFR")


class SampleRowView:
    """What a group of rows asks of a view; these rows are kept nowhere."""

    list_title, show_title, add_title = _l("Language skills"), _l("Language skill"), _l("Add a language skill")
    add_form = edit_form = SampleRowForm
    add_columns = edit_columns = ("language", "level")
    needs: ClassVar[dict[str, str]] = {"level": "language"}

    def may(self, _action: str) -> bool:
        return True


def _rows() -> RowGroup:
    """Give a group of two rows, one of them with an error."""
    sent = MultiDict([("sample_rows", "0"), ("sample_rows", "1"), ("sample_rows-0-language", "fi"), ("sample_rows-0-level", "")])
    group = RowGroup(Rows("sample_rows", SampleRowView), SampleRowView(), None, sent)
    group.rows[0].form.level.errors = [_("Fill in this field.")]
    return group


def sample_form() -> SampleForm:
    """Give the form with one field that has an error."""
    form = SampleForm(formdata=None, meta={"csrf": False})
    form.postal_code.data = "0153"
    form.postal_code.errors = [_("Write the postal code with five digits.")]
    return form


def _table() -> dict[str, Any]:
    names = [_("Name"), _("Municipality"), _("Day")]
    people = [("Esimerkki, Elli", "Vantaa" if current_language() == "fi" else "Vanda", "2.3.2026"), ("Malli, Mikko", "", "14.5.2026")]
    columns = [Column(str(at), text, "asc" if at == 0 else None, "#data_table" if at < 2 else None) for at, text in enumerate(names)]
    return {"columns": columns, "rows": [Row(str(at), "#data_table", [*person]) for at, person in enumerate(people)]}


def _limits() -> dict[str, Any]:
    stages = [("1", _("Draft"), True), ("2", _("Late"), False)]
    return {
        "action": url_for("styleguide.page"), "kept": [], "clear_url": "#filters",
        "controls": [
            {"name": "f.sample-stage", "label": _("Stage"), "kind": "checks", "options": stages},
            {"name": "f.sample-day", "label": _("Day"), "kind": "date", "value": ""},
            {"name": "f.sample-way", "label": _("Way of the meeting"), "kind": "select", "options": [(key, text, False) for key, text in _sizes()]},
            {"name": "f.sample-name", "label": _("Name"), "kind": "text", "value": ""},
            {"name": "f.sample-hours", "label": _("%(name)s, at least", name=_("Hours a week")), "kind": "number", "value": ""},
            {"name": "f.sample-language", "label": _("Native language"), "kind": "relation", "value": "", "text": "",
             "url": url_for("styleguide.suggestions", name="language")},
        ],
        "chips": [{"text": _("%(name)s: %(value)s", name=_("Stage"), value=_("Draft")), "url": "#filters"}],
    }  # fmt: skip


def _settings() -> dict[str, Any]:
    url = url_for("styleguide.confirmed")
    return {
        "columns": [("1", _("Municipality"), True), ("2", _("Day"), False)], "sizes": [("25", "25"), ("50", "50")], "size": "25",
        "saved": [{"key": "1", "name": _("Late"), "url": "#list_settings"}], "url": url, "export_url": url, "can_save": True,
    }  # fmt: skip


def _matrix() -> dict[str, Any]:
    columns = [{"name": label("ROLE", role, current_language()), "url": "#matrix"} for role in ("CASEWORKER", "INTAKE_WORKER")]
    return {"columns": columns, "rows": [{"deed": _("see the list"), "allowed": [True, True]}, {"deed": _("edit"), "allowed": [True, False]}]}


def _panels() -> list[dict[str, Any]]:
    due = [
        {"label": "2.3.2026", "text": _("Review of the integration plan"), "url": "#panels", "is_late": True},
        {"label": "14.5.2026", "text": _("Integration plan ends"), "url": "#panels", "is_late": False},
    ]
    happened = [
        {"label": "15.1.2026", "text": _("Integration plan agreed"), "url": "#panels"},
        {"label": "2.12.2025", "text": _("Assessment started"), "url": "#panels"},
        {"label": "24.11.2025", "text": _("Client relationship started"), "url": None},
    ]
    return [
        {"title": _("Next"), "kind": "due", "rows": due, "empty_text": ""},
        {"title": _("What has happened"), "kind": "timeline", "rows": happened, "empty_text": ""},
    ]


def _history() -> dict[str, Any]:
    """Give two versions of an entry, and the fields in which they differ."""
    changed = [Field(_("Way of the meeting"), _("One to one"), _("Remotely"), True), Field(_("Hours a week"), "", "12", True)]
    first = {"number": 1, "is_newest": False, "url": "#history", "when": "2.3.2026 9.05", "who": "Malli, Mikko", "kind": KINDS[ADDED], "changes": []}
    second = {**first, "number": 2, "is_newest": True, "when": "14.5.2026 13.40", "kind": KINDS[CHANGED], "changes": [field.words for field in changed]}
    heads = [_("Version %(number)s", number=version["number"]) for version in (first, second)]
    return {"versions": [second, first], "heads": heads, "fields": changed}


def _tasks() -> list[dict[str, Any]]:
    return [
        {"label": _("Basic data"), "hint": _("Name, contact details and language"), "url": "#task_list", "status": _("Done"), "kind": "success"},
        {"label": _("Assessment"), "hint": None, "url": "#task_list", "status": _("Under way"), "kind": "info"},
        {"label": _("Plan"), "hint": _("Can be drawn up when the assessment is complete"), "url": None, "status": _("Cannot be started yet"), "kind": "neutral"},
    ]


def samples() -> dict[str, Any]:
    """Give what the examples refer to by name."""
    link = "#tabs"
    confirm = {"label": _("Delete"), "url": url_for("styleguide.confirmed"), "method": "post", "kind": "danger", "confirm_text": _("Delete this entry for good?")}
    return {
        "row_group": _rows(), "history": _history(), "settings": _settings(), "matrix": _matrix(), "ways": _sizes(),
        "pair": {"name": "sample", "label": _("Way of the meeting"), "saved": _("Remotely"), "typed": _("One to one"), "chosen": None},
        "pdf_form": {"action": url_for("styleguide.page"), "languages": [("en", "English"), ("uk", "українська")]},
        "form": sample_form(), "table": _table(), "filters": _limits(), "panels": _panels(), "tasks": _tasks(), "confirm": confirm,
        "tabs": [{"label": text, "url": link, "is_current": at == 0} for at, text in enumerate((_("Overview"), _("Basic data"), _("Plan")))],
        "places": [{"label": text, "url": "#navigation", "is_current": at == 0} for at, text in enumerate((_("My work"), _("Clients")))]
                  + [{"label": _("Client work"), "is_current": True, "links": [{"label": text, "url": "#navigation", "is_current": False} for text in (_("Plans"), _("Transfers"))]}],
        "facts": [{"label": _("Day of the meeting"), "text": "2.3.2026"}, {"label": _("Description"), "text": ""}],
        "told": [{"value": "1", "label": _("One to one"), "text": _("What the client is told of the choice stands here.")}],
        "glance": [
            {"label": _("Non-disclosure for personal safety"), "text": _("Protected address: tell nobody where the client lives."), "kind": "warning"},
            {"label": _("Stage"), "text": _("Draft"), "kind": "tag"}, {"label": _("Interpreting"), "text": _("No interpreter")},
        ],
        "announcements": [
            {"id": "sample-1", "kind": "warning", "title": _("Planned outage"), "time": _("Out of use today %(begins)s–%(ends)s.", begins="18.00", ends="20.00"),
             "text": _("The text of a banner says what to do next."), "is_dismissible": False},
            {"id": "sample-2", "kind": "info", "title": _("What is new"), "time": "", "text": _("The text of a banner says what to do next."), "is_dismissible": True},
        ],
        "links": [{"url": "#links", "title": text, "lead": _("Name, contact details and language")} for text in (_("Basic data"), _("Contact details"))],
        "figures": [{"value": 12, "label": _("Assessments"), "url": "#figures"}, {"value": 3, "label": _("Plans"), "url": "#figures"}],
    }  # fmt: skip
