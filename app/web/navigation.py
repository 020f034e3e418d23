"""The main navigation: what the reader may open, by itself while it is little, else what belongs together in groups that unfold."""

from __future__ import annotations

from typing import Any

from flask import current_app, request, url_for
from flask_babel import lazy_gettext as _l

from app.access.actor import current_actor

# So many links still stand on one or two lines.
FLAT = 9
# Endpoint of a list, the view whose can_list shows it, and its label.
_LINKS = (
    ("HomeView.index", "can_index", "HomeView", _l("My work")),
    ("ClientView.list", "can_list", "ClientView", _l("Clients")),
    ("WorkQueueView.list", "can_list", "WorkQueueView", _l("Work queue")),
    ("AssessmentView.list", "can_list", "AssessmentView", _l("Assessments")),
    ("PlanView.list", "can_list", "PlanView", _l("Plans")),
    ("AbsenceView.list", "can_list", "AbsenceView", _l("Absences")),
    ("OrganisationView.list", "can_list", "OrganisationView", _l("Organisations")),
    ("RightApplicationView.list", "can_list", "RightApplicationView", _l("Applications")),
    ("RightOpeningView.list", "can_list", "RightOpeningView", _l("Rights to open")),
    ("AccessGrantView.list", "can_list", "AccessGrantView", _l("Access rights")),
    ("RoleView.list", "can_list", "RoleView", _l("Roles")),
    ("LocalRoleView.list", "can_list", "LocalRoleView", _l("Own roles")),
    ("AddOnView.list", "can_list", "AddOnView", _l("Add-ons")),
    ("AddOnDecisionView.list", "can_list", "AddOnDecisionView", _l("Add-ons of municipalities")),
    ("DirectoryView.list", "can_list", "DirectoryView", _l("Directories")),
    ("DirectoryStatusView.list", "can_list", "DirectoryStatusView", _l("State of directories")),
    ("LogView.list", "can_list", "LogView", _l("Log")),
    ("LogFindingView.list", "can_list", "LogFindingView", _l("Findings")),
    ("LogRuleView.list", "can_list", "LogRuleView", _l("Rules for the log")),
)
# What unfolds together, by views; the others stand by themselves.
_GROUPS = (
    (_l("Client work"), ("AssessmentView", "PlanView", "ParticipationView", "TransferView", "ClientMergeView", "DuplicateCaseView")),
    (_l("The unit"), ("AbsenceView", "LocalNumberView", "PracticeView", "OrganisationView", "TransferEscalationView", "RolloutView")),
    (_l("Common data"), ("OrganisationCareView", "CodeListView", "NationalNumberView", "OrganisationUseView", "SettingsView")),
    (_l("Rights and roles"), ("RightApplicationView", "RightOpeningView", "AccessGrantView", "RoleView", "LocalRoleView", "AddOnView", "AddOnDecisionView", "DirectoryView", "DirectoryStatusView")),
    (_l("Examination of the log"), ("LogView", "LogFindingView", "LogRuleView")),
    (_l("Announcements and functions"), ("AnnouncementView", "FunctionSwitchView", "NewsEntryView")),
    (_l("Old systems"), ("SpecificationView", "ImportBatchView", "ImportUndoView")),
)
_GROUP_OF = {view: at for at, (_text, views) in enumerate(_GROUPS) for view in views}


def _address(endpoint: str) -> str:
    """Give the address of a list, made once: every page leads to each of them."""
    known: dict[tuple[str, str], str] = current_app.extensions.setdefault("koto_addresses", {})
    key = (request.script_root, endpoint)
    if key not in known:
        known[key] = url_for(endpoint)
    return known[key]


def navigation() -> list[dict[str, Any]]:
    """Give the links of the reader's navigation in order; a group has `links` of its own and opens where the reader is within it."""
    if current_actor() is None:
        return []
    found = _links()
    if "exercises" in current_app.blueprints:
        found.append(("exercises", {"label": _l("Training"), "url": _address("exercises.paths"), "is_current": (request.endpoint or "").startswith("exercises.")}))
    return [link for _view, link in found] if len(found) <= FLAT else _grouped(found)


def _links() -> list[tuple[str, dict[str, Any]]]:
    """Give (view, link) of each list that the reader may open."""
    builder: Any = current_app.appbuilder  # type: ignore[attr-defined]
    declared = [view for view in builder.baseviews if getattr(view, "is_in_navigation", False)]
    more = [(f"{view.endpoint}.list", "can_list", view.class_permission_name, view.list_title) for view in declared]
    here = (request.endpoint or "").split(".")[0]
    # Letters stand on a page where none is sent.
    letters = [("", {"label": _l("Letters"), "url": _address("my_letters.page"), "is_current": here == "my_letters"})] if "my_letters" in current_app.blueprints else []
    return [
        (view, {"label": text, "url": _address(endpoint), "is_current": endpoint.split(".")[0] == here})
        for endpoint, permission, view, text in (*_LINKS, *more)
        if builder.sm.has_access(permission, view)
    ] + letters


def _grouped(found: list[tuple[str, dict[str, Any]]]) -> list[dict[str, Any]]:
    alone: list[dict[str, Any]] = []
    members: dict[int, list[dict[str, Any]]] = {}
    for view, link in found:
        at = _GROUP_OF.get(view)
        (alone if at is None else members.setdefault(at, [])).append(link)
    for at, links in sorted(members.items()):
        is_here = any(link["is_current"] for link in links)
        # Nothing unfolds to one link only.
        alone += links if len(links) == 1 else [{"label": _GROUPS[at][0], "links": links, "is_current": is_here}]
    return alone
