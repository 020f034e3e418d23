"""What the pages of a move show: tables of figures, a sentence with them, the steps, and the findings by tier."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from flask import url_for
from flask_babel import format_decimal, format_percent, gettext as _

from app.db.base import db
from app.imports.engine.counts import OUTCOMES as DECIDED, WAITING, Counts, undone_of
from app.imports.engine.entities import by_key
from app.imports.engine.undoing import models
from app.imports.models import UNDONE as IS_UNDONE, ImportBatch
from app.imports.workspace import work_queries as queries
from app.imports.workspace.finding_labels import GROUPS
from app.imports.workspace.returned import kept_files
from app.imports.workspace.work_labels import OUTCOMES, STEPS, UNDONE
from app.web.table import table
from app.web.whose import Whose


def number(value: int) -> str:
    """Give a count as both languages write it."""
    return str(format_decimal(value))


def percent(value: float) -> str:
    """Give a share of a hundred as both languages write it."""
    return str(format_percent(value / 100, "#,##0.# %"))


def entity_name(entity: str) -> str:
    """Give what records are called, those too that no file brings but another record makes."""
    return str(by_key()[entity].label) if entity in by_key() else _("Other entries")


def whose_batch(view: Any, batch: ImportBatch) -> Whose:
    """Name the move under the heading, with the way back to its page."""
    above = next((one for one in view.appbuilder.baseviews if type(one).__name__ == "ImportBatchView"), None)
    return Whose("", batch.name, url_for("ImportBatchView.show", pk=batch.id) if above is not None else None)


def steps_of(view: Any, batch: ImportBatch, current: str) -> list[dict[str, Any]]:
    """Give the links between the pages of a move that the reader may open."""
    has_access = view.appbuilder.sm.has_access
    found: list[tuple[str, str, str, dict[str, Any]]] = [
        ("rehearse", "can_rehearse", "ImportWorkView", {"pk": batch.id}), ("findings", "can_list", "ImportFindingView", {"batch": batch.id, "f.state": "open"}),
        ("matches", "can_list", "ImportMatchView", {"pk": batch.id}), ("commit", "can_commit", "ImportWorkView", {"pk": batch.id}),
        ("certificate", "can_show", "ImportCertificateView", {"pk": batch.id}), ("undo", "can_undo", "ImportWorkView", {"pk": batch.id}),
    ]  # fmt: skip
    return [
        {"label": STEPS[name], "url": url_for(f"{where}.{permission.removeprefix('can_')}", **values), "is_current": name == current}
        for name, permission, where, values in found if has_access(permission, where)
    ]  # fmt: skip


def outcome_table(counts: Counts) -> dict[str, Any] | None:
    """Give what became of the rows by entity: each line adds up to what came in."""
    if not counts.by_entity:
        return None
    together: Counter[str] = sum(counts.by_entity.values(), Counter())
    shown = [*DECIDED, *([WAITING] if together[WAITING] else [])]
    lines = [*((entity_name(entity), found) for entity, found in counts.by_entity.items()), (_("Together"), together)]
    rows = [(None, [text, number(sum(found.values())), *(number(found[name]) for name in shown)]) for text, found in lines]
    return table({"entity": _("What the rows hold"), "in": _("In the files")} | {name: str(OUTCOMES[name]) for name in shown}, rows)


def apart_from(counts: Counts) -> list[dict[str, str]]:
    """Give the rows that no line of the table holds: they could not be read, or stand on sheets that are not brought."""
    found = ((_("Rows that could not be read"), counts.unread), (_("Rows on sheets that are not brought"), counts.left_out))
    return [{"label": text, "text": number(rows)} for text, rows in found if rows]


def undo_table(batch: ImportBatch) -> dict[str, Any] | None:
    """Give by entity what would be taken back and what stays; when it was undone, what became of it."""
    is_done = batch.status == IS_UNDONE
    found: Mapping[str, Mapping[str, int]] = undone_of(db.session, batch) if is_done else queries.undo_forecast(db.session, batch)
    if not found:
        return None
    shown = ["REVERSED", "KEPT", *(["FAILED"] if any(one.get("failed") for one in found.values()) else [])]
    order = list(models())
    lines = [(entity_name(entity), [one.get(name.lower() if is_done else name, 0) for name in shown]) for entity, one in sorted(found.items(), key=lambda pair: order.index(pair[0]))]
    together = [sum(column) for column in zip(*(figures for _text, figures in lines), strict=True)]
    rows = [(None, [text, *map(number, figures)]) for text, figures in [*lines, (_("Together"), together)]]
    return table({"entity": _("What the records hold")} | {name: str(UNDONE[name]) for name in shown}, rows)


def sentence_of(counts: Counts) -> str:
    """Say in one sentence what moving in does."""
    left = sum(counts.of(name) for name in ("SKIPPED", "STOPPED", "FAILED")) + counts.unread + counts.left_out
    return _(
        "New records: %(created)s; updated: %(updated)s; joined to what is here already: %(joined)s; unchanged: %(unchanged)s; rows that are not brought: %(left)s.",
        created=number(counts.of("CREATED")), updated=number(counts.of("UPDATED")), joined=number(counts.of("JOINED")), unchanged=number(counts.of("UNCHANGED")), left=number(left),
    )  # fmt: skip


def findings_told(view: Any, batch: ImportBatch) -> list[dict[str, Any]]:
    """Give the open findings by tier, each with the way to its list."""
    if not view.appbuilder.sm.has_access("can_list", "ImportFindingView"):
        return []
    found = queries.findings_by_group(db.session, batch)
    here: dict[str, dict[str, Any]] = {group: {"batch": batch.id, "f.state": "open", "f.tier": group} for group in GROUPS}
    return [
        {"value": number(found[group]), "label": text, "url": url_for("ImportFindingView.list", **here[group])}
        for group, text in GROUPS.items() if group in found
    ]  # fmt: skip


def returned_links(view: Any, batch: ImportBatch) -> list[tuple[str, str]]:
    """Give the files that can be taken back with their findings marked, each with its address."""
    if not view.appbuilder.sm.has_access("can_returned", "ImportFindingView"):
        return []
    return [(file.name, url_for("ImportFindingView.returned", pk=file.id)) for file in kept_files(db.session, batch)]
