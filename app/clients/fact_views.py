"""Pages of the facts that follow a client."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from app.clients.facts import EducationRecord, FamilyLink, LanguageSkill, Note, ResidenceBasis, WorkRecord
from app.clients.labels import BROKEN, FACTS
from app.clients.models import Client
from app.clients.rules import broken_education_rules
from app.web.base_view import BaseView, Parent
from app.web.interface import Interface

OF_CLIENT = Parent("client", "client_id", Client, "ClientView.show")


class FactView(BaseView):
    """What all facts share: they stand under a client, and only under one they may change."""

    parent = OF_CLIENT
    label_columns = FACTS
    order_columns: list[str] = []

    def rule_errors(self, form: Any, item: Any, parent: Any) -> list[tuple[str, str]]:
        pairs = (("valid_from", "valid_to"), ("started_on", "ended_on"))
        return [
            (last, str(BROKEN["ORDER"]))
            for first, last in pairs
            if first in form and last in form and form[first].data and form[last].data and form[last].data < form[first].data
        ]



class ResidenceBasisView(FactView):
    route_base, event, datamodel = "/residence-bases", "residence_basis", Interface(ResidenceBasis)
    list_title, show_title = _l("Residence permits and registrations"), _l("Residence permit or registration")
    add_title, edit_title = _l("Add a permit or registration"), _l("Edit the permit or registration")
    list_columns, search_columns = ["kind", "ground", "granted_date", "valid_to", "is_first"], ["kind", "ground", "valid_to"]
    show_columns = add_columns = edit_columns = [
        "kind", "permit_type", "ground", "granted_date", "valid_from", "valid_to", "right_to_work", "is_first", "source",
    ]  # fmt: skip


class LanguageSkillView(FactView):
    route_base, event, datamodel = "/language-skills", "language_skill", Interface(LanguageSkill)
    list_title, show_title = _l("Language skills"), _l("Language skill")
    add_title, edit_title = _l("Add a language skill"), _l("Edit the language skill")
    list_columns, search_columns = ["language", "part", "level", "basis"], ["language", "level", "basis"]
    show_columns = add_columns = edit_columns = ["language", "part", "level", "basis", "established_on", "source"]


class EducationRecordView(FactView):
    route_base, event, datamodel = "/education-records", "education_record", Interface(EducationRecord)
    list_title, show_title = _l("Education"), _l("Education record")
    add_title, edit_title = _l("Add education"), _l("Edit education")
    list_columns, search_columns = ["level", "qualification", "country", "completed"], ["level", "country", "completed"]
    show_columns = add_columns = edit_columns = [
        "level", "qualification", "country", "completed", "end_year", "years_of_schooling", "recognition", "source",
    ]  # fmt: skip

    def rule_errors(self, form: Any, item: Any, parent: Any) -> list[tuple[str, str]]:
        broken = broken_education_rules(end_year=form.end_year.data, years_of_schooling=form.years_of_schooling.data, today=date.today())
        return [*super().rule_errors(form, item, parent), *((field, str(BROKEN[rule])) for field, rule in broken)]


class WorkRecordView(FactView):
    route_base, event, datamodel = "/work-records", "work_record", Interface(WorkRecord)
    list_title, show_title = _l("Work history"), _l("Work record")
    add_title, edit_title = _l("Add work"), _l("Edit work")
    list_columns, search_columns = ["occupation", "country", "started_on", "ended_on"], ["country", "started_on"]
    show_columns = add_columns = edit_columns = ["occupation", "country", "started_on", "ended_on", "description", "source"]


class FamilyLinkView(FactView):
    route_base, event, datamodel = "/family-links", "family_link", Interface(FamilyLink)
    list_title, show_title = _l("Family"), _l("Family member")
    add_title, edit_title = _l("Add a family member"), _l("Edit the family member")
    list_columns, search_columns = ["relation", "person_name", "lives_in_finland"], ["relation", "lives_in_finland"]
    show_columns = add_columns = edit_columns = [
        "relation", "person_name", "lives_in_finland", "same_household", "tie_before_arrival", "source",
    ]  # fmt: skip


class NoteView(FactView):
    route_base, event, datamodel = "/notes", "note", Interface(Note)
    list_title, show_title = _l("Entries"), _l("Entry")
    add_title, edit_title = _l("Add an entry"), _l("Edit the entry")
    list_columns, search_columns = ["entry_date", "kind", "content"], ["kind", "entry_date"]
    show_columns = add_columns = edit_columns = ["entry_date", "kind", "content"]
