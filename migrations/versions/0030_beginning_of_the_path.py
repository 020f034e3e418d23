"""Consents, contacts about clients and guidance entries: the beginning of a client's path

Revision: 0030, after 0019
"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0019"
branch_labels = None
depends_on = None

# Table → the columns it points to other rows by, beside its client, and whether each must be filled.
TABLES = {
    "consent": {}, "initial_contact": {}, "guidance_entry": {"consent_id": ("consent", True)}, "guidance_need": {"entry_id": ("guidance_entry", False)},
}
_ORGANISATION = "current_setting('koto.organisation', true)"
_NEEDS_CONSENT = ("sender_contact", "consent_on", "reason", "need", "first_permit_on", "outcome_reason")


def _create(table: str, *columns: sa.Column | sa.CheckConstraint) -> None:
    """Make a table of rows that follow a client and keep the record of their writing."""
    own = {"client_id": ("client", False), **TABLES[table]}
    others = {"org_id": "organisation", "created_by": "ab_user", "changed_by": "ab_user"}
    op.create_table(
        table,
        sa.Column("id", sa.String(36), nullable=False),
        *(sa.Column(name, sa.String(36), nullable=is_optional) for name, (_to, is_optional) in own.items()),
        *columns,
        sa.Column("org_id", sa.String(36), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *(sa.ForeignKeyConstraint([name], [f"{to}.id"], name=f"fk_{table}_{name}_{to}", ondelete="CASCADE") for name, (to, _is_optional) in own.items()),
        *(sa.ForeignKeyConstraint([name], [f"{to}.id"], name=f"fk_{table}_{name}_{to}") for name, to in others.items()),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    )
    for name in (*own, "org_id"):
        op.create_index(f"ix_{table}_{name}", table, [name])


def _member(key: str, *, owner: bool) -> str:
    return f"""EXISTS (SELECT 1 FROM client_membership m WHERE m.client_id = {key} AND m.organisation_id = {_ORGANISATION}
        AND m.valid_from <= CURRENT_DATE AND (m.valid_to IS NULL OR m.valid_to >= CURRENT_DATE){' AND m.is_owner' if owner else ''})"""


def _protect(table: str) -> None:
    """Let the serving role read what its organisation may see and change what it owns; no profile shows a participant a row."""
    visible, owned = (_member(f"{table}.client_id", owner=owner) for owner in (False, True))
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO koto_app")
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY owner_all ON {table} TO CURRENT_USER USING (true) WITH CHECK (true)")
    op.execute(f"CREATE POLICY app_read ON {table} FOR SELECT TO koto_app USING ({visible})")
    op.execute(f"CREATE POLICY app_add ON {table} FOR INSERT TO koto_app WITH CHECK ({owned})")
    op.execute(f"CREATE POLICY app_change ON {table} FOR UPDATE TO koto_app USING ({owned}) WITH CHECK ({owned})")
    op.execute(f"CREATE POLICY app_remove ON {table} FOR DELETE TO koto_app USING ({owned})")
    op.execute(f"""CREATE POLICY app_profile ON {table} AS RESTRICTIVE FOR SELECT TO koto_app
        USING ((SELECT current_setting('koto.participant', true)) IS DISTINCT FROM 'yes')""")


def upgrade() -> None:
    _create(
        "consent",
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("type", sa.String(40), nullable=False),
        sa.Column("text_version", sa.String(10), nullable=False),
        sa.Column("language", sa.String(40), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
    )
    _create(
        "initial_contact",
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("sender_type", sa.String(40), nullable=False),
        sa.Column("directed_only", sa.Boolean(), nullable=False),
        sa.Column("consent_on", sa.Date(), nullable=True),
        sa.Column("sender_contact", sa.String(200), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("need", sa.String(40), nullable=True),
        sa.Column("first_permit_on", sa.Date(), nullable=True),
        sa.Column("receiving_unit", sa.String(120), nullable=True),
        sa.Column("handled_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(40), nullable=True),
        sa.Column("outcome_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("NOT directed_only OR (" + " AND ".join(f"{name} IS NULL" for name in _NEEDS_CONSENT) + ")", name="ck_initial_contact_directed_only"),
    )
    _create(
        "guidance_entry",
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("language", sa.String(40), nullable=False),
        sa.Column("interpreter_used", sa.Boolean(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=True),
    )
    _create(
        "guidance_need",
        sa.Column("need", sa.String(40), nullable=False),
        sa.Column("service_type", sa.String(40), nullable=True),
        sa.Column("provider", sa.String(120), nullable=True),
    )
    if op.get_bind().dialect.name == "postgresql":
        for table in TABLES:
            _protect(table)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
