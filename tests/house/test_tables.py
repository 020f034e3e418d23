"""Every table's rows are scoped or listed as public to the service; every field is classified."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import text

from app.access.membership import ClientScoped
from app.codes.lists import list_names
from app.db.base import Model, db

# Rows that follow no client: the service's own and reference data.
NOT_OF_A_CLIENT = {
    "environment_mark",
    "second_factor", "recovery_code", "half_sign_in",
    "organisation", "access_grant", "user_profile", "user_session", "search_memo", "audit_event", "audit_event_client", "client_membership",
    "audit_seal", "audit_sealed_event", "audit_head", "protected_opening",
    "draft", "form_receipt", "list_preference", "local_role", "add_on", "api_token", "client_deletion",
    "right_application", "right_event", "outgoing_mail",
    "directory", "directory_group", "directory_state", "directory_account",
    "log_rule", "log_finding", "log_finding_reading", "log_finding_event",
    "announcement", "shared_version", "function_switch", "news_entry",
    "local_number", "absence", "queue_calendar", "queue_digest",
    "transfer_request", "transfer_side", "transfer_escalation", "organisation_practice",
    "import_batch", "import_mapping", "import_file", "import_sheet", "import_row", "import_finding", "import_decision", "import_link", "import_change", "import_certificate",
    "import_undo_request", "job", "duty_run",
    "import_person", "import_question",
    "report_period", "report_run", "report_fact", "report_hidden", "report_ground", "report_series", "report_series_file", "report_subscription", "report_letter", "report_chart", "report_sanity", "report_fill",
    "rollout_step", "rollout_obstacle", "rollout_contact",
    "training_place", "training_member", "training_world",
    "reference_edition", "code_edit", "organisation_change", "organisation_use",
    "training_attempt", "training_certificate",
}  # fmt: skip

# Rows of one organisation, or of the two sides of a transfer, that the database itself keeps from others.
OF_A_SIDE = {
    "transfer_request", "transfer_side", "job",
    "import_file", "import_sheet", "import_row", "import_finding", "import_decision", "import_link", "import_change", "import_certificate",
    "import_person", "import_question",
}  # fmt: skip


def ours() -> dict[str, type]:
    return {m.class_.__tablename__: m.class_ for m in Model.registry.mappers if m.class_.__module__.startswith("app.")}


def test_every_table_follows_a_client_or_is_listed() -> None:
    assert {name for name, model in ours().items() if not issubclass(model, ClientScoped)} == NOT_OF_A_CLIENT


def test_every_field_has_a_category_and_a_sensitivity() -> None:
    fields = [(name, column) for name, model in ours().items() for column in model.__table__.columns]
    assert len(fields) > 150
    bare = [f"{name}.{column.name}" for name, column in fields if not {"category", "sensitivity"} <= set(column.info)]
    assert bare == []
    wrong = [f"{name}.{c.name}" for name, c in fields if c.info["category"] not in {"own", *(f"K73-{n}" for n in range(1, 11))}]
    assert wrong == []


def test_every_code_column_names_a_list_that_exists() -> None:
    columns = [column for model in ours().values() for column in model.__table__.columns if "codes" in column.info]
    assert len(columns) > 30
    assert {column.info["codes"] for column in columns} <= set(list_names())


def test_row_level_security_is_forced_on_every_table_of_a_client(postgres_app: Flask) -> None:
    wanted = {name for name, model in ours().items() if issubclass(model, ClientScoped)} | {"client_membership", *OF_A_SIDE}
    with postgres_app.app_context():
        rows = db.session.execute(text("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")).scalars()
        assert set(rows) == wanted


def test_lists_are_ordered_by_columns_that_are_never_empty(sqlite_app: Flask) -> None:
    views = [view for view in sqlite_app.appbuilder.baseviews if hasattr(view, "datamodel")]  # type: ignore[attr-defined]
    ordered = [(view, name) for view in views for name in {*view.order_columns, view.base_order[0]}]
    assert len(ordered) > 15
    # A keyset skips the rows whose key is NULL.
    assert [f"{view.datamodel.obj.__tablename__}.{name}" for view, name in ordered if view.datamodel.obj.__table__.c[name].nullable] == []
