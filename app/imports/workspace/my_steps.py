"""The first three steps of a move, in which nothing of any client is written yet."""

from __future__ import annotations

from collections.abc import Callable

from flask import current_app, url_for
from flask_babel import gettext as _, ngettext

from app.imports.models import ImportBatch
from app.imports.workspace.steps import Facts, State, Step, not_yet, register


def to(endpoint: str) -> Callable[[ImportBatch], str | None]:
    """Give the address of a step at an endpoint that takes the batch's key, None while there is no such endpoint."""
    return lambda batch: url_for(endpoint, pk=batch.id) if endpoint in current_app.view_functions else None


def _files(batch: ImportBatch, facts: Facts) -> State:
    if not facts.files:
        return State(_("Not begun"), "info", _("Bring the files of the old system."))
    unusable = facts.files - facts.usable - facts.waiting
    if facts.waiting and not unusable:
        return State(_("Waits to be read"), "info", _("A large file is read in the background, usually within a few minutes."))
    if unusable:
        return State(ngettext("%(num)d file cannot be read", "%(num)d files cannot be read", unusable), "danger", _("Open the file to see why, and choose otherwise or bring another."))
    return State(ngettext("%(num)d file", "%(num)d files", facts.files), "success")


def _profile(batch: ImportBatch, facts: Facts) -> State:
    if not facts.files:
        return not_yet()
    return State(ngettext("%(num)d sheet", "%(num)d sheets", facts.sheets), "success" if facts.sheets else "warning")


def _map(batch: ImportBatch, facts: Facts) -> State:
    if not facts.sheets:
        return not_yet()
    if facts.decided < facts.sheets:
        return State(_("%(done)d of %(all)d decided", done=facts.decided, all=facts.sheets), "info")
    if not facts.mapped:
        return State(_("Nothing is brought"), "warning", _("Every sheet was left out. Choose what one of them holds."))
    return State(_("Done"), "success")


register(Step("files", _files, to("ImportBatchView.files")))
register(Step("profile", _profile, to("ImportBatchView.contents")))
register(Step("map", _map, to("ImportBatchView.sheets")))
