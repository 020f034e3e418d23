"""A mapping applied to a row: the canonical record and the findings. It asks neither clock nor database."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Dict
from datetime import date
from typing import Any

from app.core.identity_code import birth_date
from app.imports.mapping.findings import Applied, Finding, tier_of
from app.imports.mapping.mapping import Mapping, Source
from app.imports.mapping.reading import UnreadableError, cell_of, value_in
from app.imports.mapping.wording import written
from app.imports.specification.catalogue import SOURCE_KEY, Entity, Field
from app.imports.specification.texts import EXAMPLE_MARK
from app.plans.rules import needs_assessment

_FIRST_DAYS = {("residence_basis", "granted_date"): "FIRST_PERMIT_MISSING", ("integration_plan", "drawn_up_date"): "FIRST_PLAN_MISSING"}


def apply(mapping: Mapping, entity: Entity, row: Dict[str, object], *, today: date, artificial: bool) -> Applied:
    """Give the record of a row, field → value with codes for code fields; an empty field is not in it."""
    record: dict[str, Any] = {}
    findings: list[Finding] = []
    for field in entity.fields:
        source = mapping.source_of(field.key)
        if source is None:
            continue
        cell = cell_of(source, field, row)
        used = cell if written(cell) or source.default is None else source.default
        if not written(used):
            continue
        try:
            value = value_in(field, used, source, today=today, artificial=artificial)
        except UnreadableError as error:
            findings.append(_finding(str(error), field, source, used, today))
        else:
            if value is not None:
                record[field.key] = value
    return Applied(record, (*findings, *_of_row(mapping, entity, record, findings, today)))


def _finding(rule: str, field: Field, source: Source | None, value: object, today: date) -> Finding:
    return Finding(tier_of(rule, today), rule, field.key, " + ".join(source.columns) if source else "", written(value))


def _of_row(mapping: Mapping, entity: Entity, record: dict[str, Any], findings: list[Finding], today: date) -> Iterator[Finding]:
    """Give what is missing or does not agree; what could not be read has its finding already."""
    unread = {finding.field for finding in findings}
    if str(record.get(SOURCE_KEY, "")).startswith(EXAMPLE_MARK):
        yield _finding("EXAMPLE_ROW", entity.field(SOURCE_KEY), mapping.source_of(SOURCE_KEY), record[SOURCE_KEY], today)
    for field in entity.fields:
        if field.required and field.key not in record and field.key not in unread:
            rule = _FIRST_DAYS.get((entity.key, field.key))
            if rule:
                yield _finding(rule, field, mapping.source_of(field.key), "", today)
            yield _finding("SOURCE_KEY_MISSING" if field.key == SOURCE_KEY else "REQUIRED", field, mapping.source_of(field.key), "", today)
    if entity.one_of and not any(key in record or key in unread for key in entity.one_of):
        yield _finding("ONE_OF", entity.field(entity.one_of[0]), mapping.source_of(entity.one_of[0]), "", today)
    if {"identity_code", "birth_date"} <= record.keys() and birth_date(record["identity_code"]) != record["birth_date"]:
        yield _finding("BIRTH_DATE_DIFFERS", entity.field("birth_date"), mapping.source_of("birth_date"), record["birth_date"], today)
    if entity.key == "integration_plan" and not {"assessment_id"} & (record.keys() | unread) and "drawn_up_date" in record and needs_assessment(record["drawn_up_date"]):
        yield _finding("PLAN_WITHOUT_ASSESSMENT", entity.field("assessment_id"), mapping.source_of("assessment_id"), "", today)
    if entity.key == "planned_service" and "justification" not in record:
        yield from (finding for finding in [_finding("SERVICE_WITHOUT_JUSTIFICATION", entity.field("justification"), mapping.source_of("justification"), "", today)] if finding.tier != "none")
