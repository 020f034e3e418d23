"""Transfers of clients between municipalities

Each municipality reads its own side, and a transfer only when it has a side of it. The other's side is written by the
owner of the tables (`transfers run`), never by a request.

Revision: 0022, after 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0018"
branch_labels = None
depends_on = None

WALLED = ("transfer_request", "transfer_side")
NEW = (*WALLED, "transfer_escalation")
_ORGANISATION = "current_setting('koto.organisation', true)"
_MOMENT = sa.DateTime(timezone=True)


def _key(table: str, column: str, other: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}_{other}", ondelete=ondelete)


def _request() -> None:
    table = "transfer_request"
    organisations, users = ("from_id", "to_id", "waits_for_id", "org_id"), ("worker_id", "created_by", "changed_by")
    op.create_table(
        table,
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("way", sa.String(40), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("from_id", sa.String(36), nullable=False),
        sa.Column("to_id", sa.String(36), nullable=False),
        sa.Column("sections", sa.String(200), nullable=False),
        sa.Column("choice_reason", sa.Text(), nullable=True),
        sa.Column("consent_on", sa.Date(), nullable=False),
        sa.Column("consent_language", sa.String(40), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("waits_for_id", sa.String(36), nullable=True),
        sa.Column("question", sa.LargeBinary(), nullable=True),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.Column("refusal", sa.String(40), nullable=True),
        sa.Column("explanation", sa.LargeBinary(), nullable=True),
        sa.Column("moves_on", sa.Date(), nullable=True),
        sa.Column("worker_id", sa.Integer(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("org_id", sa.String(36), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *(_key(table, name, "organisation") for name in organisations), *(_key(table, name, "ab_user") for name in users),
        sa.PrimaryKeyConstraint("id", name="pk_transfer_request"),
    )  # fmt: skip
    for name in ("from_id", "to_id", "org_id"):
        op.create_index(f"ix_transfer_request_{name}", table, [name])
    op.create_index("ix_transfer_request_status", table, ["status", "due_on"])


def _side() -> None:
    table = "transfer_side"
    op.create_table(
        table,
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("transfer_id", sa.String(36), nullable=False),
        sa.Column("organisation_id", sa.String(36), nullable=False),
        sa.Column("client_id", sa.String(36), nullable=True),
        sa.Column("family_name", sa.String(80), nullable=False),
        sa.Column("given_names", sa.String(120), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=False),
        sa.Column("identity_code_digest", sa.String(64), nullable=True),
        _key(table, "transfer_id", "transfer_request", "CASCADE"), _key(table, "organisation_id", "organisation"),
        _key(table, "client_id", "client", "SET NULL"), sa.PrimaryKeyConstraint("id", name="pk_transfer_side"),
    )  # fmt: skip
    op.create_index("uq_transfer_side_transfer_id_organisation_id", table, ["transfer_id", "organisation_id"], unique=True)
    for name in ("organisation_id", "client_id"):
        op.create_index(f"ix_transfer_side_{name}", table, [name])


def _escalation() -> None:
    table = "transfer_escalation"
    op.create_table(
        table,
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("transfer_id", sa.String(36), nullable=False),
        sa.Column("from_id", sa.String(36), nullable=False),
        sa.Column("to_id", sa.String(36), nullable=False),
        sa.Column("waits_for_id", sa.String(36), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("escalated_on", sa.Date(), nullable=False),
        _key(table, "transfer_id", "transfer_request", "CASCADE"),
        *(_key(table, name, "organisation") for name in ("from_id", "to_id", "waits_for_id")),
        sa.PrimaryKeyConstraint("id", name="pk_transfer_escalation"),
        sa.UniqueConstraint("transfer_id", name="uq_transfer_escalation_transfer_id"),
    )  # fmt: skip


def _protect() -> None:
    for table in WALLED:
        op.execute(f"GRANT SELECT, INSERT, UPDATE ON {table} TO koto_app")
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY owner_all ON {table} TO CURRENT_USER USING (true) WITH CHECK (true)")
    op.execute("GRANT SELECT ON transfer_escalation TO koto_app")
    own = f"organisation_id = {_ORGANISATION}"
    op.execute(f"CREATE POLICY app_read ON transfer_side FOR SELECT TO koto_app USING ({own})")
    op.execute(f"CREATE POLICY app_add ON transfer_side FOR INSERT TO koto_app WITH CHECK ({own})")
    has_side = f"EXISTS (SELECT 1 FROM transfer_side s WHERE s.transfer_id = transfer_request.id AND s.{own})"
    begun = f"org_id = {_ORGANISATION} AND (way = 'PUSHED' AND from_id = org_id OR way = 'REQUESTED' AND to_id = org_id)"
    op.execute(f"CREATE POLICY app_read ON transfer_request FOR SELECT TO koto_app USING ({has_side})")
    op.execute(f"CREATE POLICY app_add ON transfer_request FOR INSERT TO koto_app WITH CHECK ({begun})")
    op.execute(f"CREATE POLICY app_change ON transfer_request FOR UPDATE TO koto_app USING ({has_side}) WITH CHECK ({has_side})")


def upgrade() -> None:
    with op.batch_alter_table("client", reflect_kwargs={"resolve_fks": False}) as batch:
        batch.add_column(sa.Column("archived_on", sa.Date(), nullable=True))
    _request()
    _side()
    _escalation()
    if op.get_bind().dialect.name == "postgresql":
        _protect()


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        # They ask the table that goes first.
        for policy in ("app_read", "app_change"):
            op.execute(f"DROP POLICY {policy} ON transfer_request")
    for table in reversed(NEW):
        op.drop_table(table)
    with op.batch_alter_table("client", reflect_kwargs={"resolve_fks": False}) as batch:
        batch.drop_column("archived_on")
