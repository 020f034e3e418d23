"""What the pages of a move show: tables of figures, a sentence with them, the steps, and the findings by tier."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_babel import format_decimal, format_percent, gettext as _

from app.db.base import db
from app.imports.models import ImportBatch
from app.imports.specification.catalogue import catalogue
from app.imports.workspace import work_queries as queries
from app.imports.workspace.finding_labels import GROUPS
from app.imports.workspace.work_labels import OUTCOMES, STEPS, UNDONE
from app.imports.workspace.work_rules import NOT_BROUGHT, WAITING, Counts, figures_of, total_of
from app.web.table import table
from app.web.whose import Whose


def number(value: int) -> str:
    """Give a count as both languages write it."""
    return str(format_decimal(value))


def entity_names() -> dict[str, str]:
    """Give what the records of each entity are called."""
    return {entity.key: str(entity.label) for entity in catalogue()}


def whose_batch(view: Any, batch: ImportBatch) -> Whose:
    """Name the move under the heading, with the way back to its page."""
    above = next((one for one in view.appbuilder.baseviews if type(one).__name__ == "ImportBatchView"), None)
    return Whose("", batch.name, url_for("ImportBatchView.show", pk=batch.id) if above is not None else None)


def steps_of(view: Any, batch: ImportBatch, current: str) -> list[dict[str, Any]]:
    """Give the links between the pages of a move that the reader may open."""
    has_access = view.appbuilder.sm.has_access
    found = [
        ("rehearse", "can_rehearse", "ImportWorkView", {"pk": batch.id}), ("findings", "can_list", "ImportFindingView", {"batch": batch.id}),
        ("matches", "can_list", "ImportMatchView", {"pk": batch.id}), ("commit", "can_commit", "ImportWorkView", {"pk": batch.id}),
        ("undo", "can_undo", "ImportWorkView", {"pk": batch.id}),
    ]  # fmt: skip
    return [
        {"label": STEPS[name], "url": url_for(f"{where}.{permission.removeprefix('can_')}", **values), "is_current": name == current}
        for name, permission, where, values in found if has_access(permission, where)
    ]  # fmt: skip


def outcome_table(counts: Counts) -> dict[str, Any] | None:
    """Give what became of the rows by entity: each line adds up to what came in."""
    if not counts:
        return None
    names, total = entity_names(), figures_of(total_of(counts))
    shown = [name for name in OUTCOMES if name != WAITING or total[WAITING]]
    lines = [(names.get(entity, entity), figures_of(found)) for entity, found in counts.items()]
    rows = [(None, [text, number(sum(figures.values())), *(number(figures[name]) for name in shown)]) for text, figures in [*lines, (_("Together"), total)]]
    return table({"entity": _("What the rows hold"), "in": _("In the files")} | {name: str(OUTCOMES[name]) for name in shown}, rows)


def undo_table(batch: ImportBatch) -> dict[str, Any] | None:
    """Give by entity what would be taken back and what stays; when it was undone, what became of it."""
    is_done = batch.status == "UNDONE"
    found: Any = queries.undone_of(db.session, batch) if is_done else queries.undo_preview(db.session, batch)
    if not found:
        return None
    names = entity_names()
    shown = [name for name in UNDONE if name in ("REVERSED", "KEPT") or (is_done and name == "FAILED")]
    lines = [(names.get(entity, entity), {name: one.get(name, 0) for name in shown}) for entity, one in sorted(found.items(), key=lambda pair: names.get(pair[0], ""))]
    together = {name: sum(one[name] for _text, one in lines) for name in shown}
    rows = [(None, [text, *(number(one[name]) for name in shown)]) for text, one in [*lines, (_("Together"), together)]]
    return table({"entity": _("What the records hold")} | {name: str(UNDONE[name]) for name in shown}, rows)


def percent_of(counts: Counts) -> str:
    """Give the share of rows that would not be brought."""
    found = total_of(counts)
    share = sum(found.get(name, 0) for name in NOT_BROUGHT) / (sum(found.values()) or 1)
    return str(format_percent(share, "#,##0.# %"))


def sentence_of(counts: Counts) -> str:
    """Say in one sentence what moving in does."""
    found = figures_of(total_of(counts))
    left = sum(found[name] for name in ("SKIPPED", *NOT_BROUGHT))
    return _(
        "New records: %(created)s; updated: %(updated)s; joined to what is here already: %(joined)s; unchanged: %(unchanged)s; rows that are not brought: %(left)s.",
        created=number(found["CREATED"]), updated=number(found["UPDATED"]), joined=number(found["JOINED"]), unchanged=number(found["UNCHANGED"]), left=number(left),
    )  # fmt: skip


def findings_told(view: Any, batch: ImportBatch) -> list[dict[str, Any]]:
    """Give the findings by tier, each with the way to its list."""
    if not view.appbuilder.sm.has_access("can_list", "ImportFindingView"):
        return []
    found = queries.findings_by_group(db.session, batch)
    return [
        {"value": number(found[group][0]), "label": text, "url": url_for("ImportFindingView.list", **{"batch": batch.id, "f.tier": group, "f.state": "open"})}
        for group, text in GROUPS.items() if group in found
    ]  # fmt: skip


def percent_text(percent: int) -> str:
    """Give a share as both languages write it."""
    return str(format_percent(percent / 100, "#,##0.# %"))
