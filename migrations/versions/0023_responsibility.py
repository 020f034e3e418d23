"""Periods of employment status, who is responsible for a client, and what a municipality has decided for itself

Revision: 0023, after 0022
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

BY_CLIENT = ("status_period", "responsibility_period")
_ORGANISATION = "current_setting('koto.organisation', true)"
_MOMENT = sa.DateTime(timezone=True)


def _key(table: str, column: str, other: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}_{other}", ondelete=ondelete)


def _recorded(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("org_id", sa.String(36), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        _key(table, "org_id", "organisation"), _key(table, "created_by", "ab_user"), _key(table, "changed_by", "ab_user"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    ]  # fmt: skip


def _of_client(table: str) -> list[sa.schema.SchemaItem]:
    return [sa.Column("client_id", sa.String(36), nullable=False), _key(table, "client_id", "client", "CASCADE"), *_recorded(table)]


def _member(table: str, *, owner: bool) -> str:
    return f"""EXISTS (SELECT 1 FROM client_membership m WHERE m.client_id = {table}.client_id AND m.organisation_id = {_ORGANISATION}
        AND m.valid_from <= CURRENT_DATE AND (m.valid_to IS NULL OR m.valid_to >= CURRENT_DATE){' AND m.is_owner' if owner else ''})"""


def _protect(table: str) -> None:
    """Give the table the policies of every table under a client; no profile shows it to a participant."""
    visible, owned = _member(table, owner=False), _member(table, owner=True)
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO koto_app")
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY owner_all ON {table} TO CURRENT_USER USING (true) WITH CHECK (true)")
    op.execute(f"CREATE POLICY app_read ON {table} FOR SELECT TO koto_app USING ({visible})")
    op.execute(f"CREATE POLICY app_add ON {table} FOR INSERT TO koto_app WITH CHECK ({owned})")
    op.execute(f"CREATE POLICY app_change ON {table} FOR UPDATE TO koto_app USING ({owned}) WITH CHECK ({owned})")
    op.execute(f"CREATE POLICY app_remove ON {table} FOR DELETE TO koto_app USING ({owned})")
    op.execute(f"""CREATE POLICY app_profile ON {table} AS RESTRICTIVE FOR SELECT TO koto_app
        USING ((SELECT current_setting('koto.participant', true)) IS DISTINCT FROM 'yes' OR false)""")


def upgrade() -> None:
    op.create_table(
        "status_period",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("employment_status", sa.String(40), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("source", sa.String(40), nullable=False),
        *_of_client("status_period"),
    )
    op.create_table(
        "responsibility_period",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("responsible", sa.String(40), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(40), nullable=False),
        *_of_client("responsibility_period"),
    )
    op.create_index("ix_responsibility_period_responsible", "responsibility_period", ["responsible", "starts_on"])
    for table in BY_CLIENT:
        for name in ("client_id", "org_id"):
            op.create_index(f"ix_{table}_{name}", table, [name])
    op.create_table(
        "organisation_practice",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("delegated_from", sa.Date(), nullable=True),
        sa.Column("delegated_to", sa.Date(), nullable=True),
        sa.Column("transfer_answer_days", sa.Integer(), nullable=True),
        *_recorded("organisation_practice"),
        sa.UniqueConstraint("org_id", name="uq_organisation_practice_org_id"),
    )
    op.create_index("ix_organisation_practice_org_id", "organisation_practice", ["org_id"])
    if op.get_bind().dialect.name == "postgresql":
        for table in BY_CLIENT:
            _protect(table)
        op.execute("GRANT SELECT, INSERT, UPDATE ON organisation_practice TO koto_app")


def downgrade() -> None:
    for table in ("organisation_practice", *reversed(BY_CLIENT)):
        op.drop_table(table)
