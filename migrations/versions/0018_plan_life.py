"""The life of a plan after it is agreed: extensions, interruptions, frozen versions; the end of a plan and of a client relationship

A participant sees none of the new tables. A version is only ever added: the serving role may neither change nor remove one.

Revision: 0018, after 0025
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0025"
branch_labels = None
depends_on = None

TABLES = ("plan_extension", "plan_interruption", "plan_version")
_PLAN = (
    ("child_heard_on", sa.Date()), ("child_view", sa.Text()), ("child_not_heard_reason", sa.Text()), ("reviewed_on", sa.Date()),
    ("studies_only_from", sa.Date()), ("ended_on", sa.Date()), ("end_reason", sa.String(40)), ("onward_guidance", sa.Text()),
    ("employment_plan_on", sa.Date()),
)  # fmt: skip
_CLIENT = (("relationship_ended", sa.Date()), ("end_reason", sa.String(40)), ("onward_guidance", sa.Text()))
_COLUMNS = {"integration_plan": _PLAN, "goal": (("result", sa.String(40)),), "client": _CLIENT}
_ORGANISATION = "current_setting('koto.organisation', true)"


def _create(table: str, *columns: sa.schema.SchemaItem, is_indexed: bool = True) -> None:
    own = {"client_id": "client", "plan_id": "integration_plan"}
    others = {"org_id": "organisation", "created_by": "ab_user", "changed_by": "ab_user"}
    op.create_table(
        table,
        sa.Column("id", sa.String(36), nullable=False),
        *(sa.Column(name, sa.String(36), nullable=False) for name in own),
        *columns,
        sa.Column("org_id", sa.String(36), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *(sa.ForeignKeyConstraint([name], [f"{to}.id"], name=f"fk_{table}_{name}_{to}", ondelete="CASCADE") for name, to in own.items()),
        *(sa.ForeignKeyConstraint([name], [f"{to}.id"], name=f"fk_{table}_{name}_{to}") for name, to in others.items()),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    )
    for name in ("client_id", "org_id", *(("plan_id",) if is_indexed else ())):
        op.create_index(f"ix_{table}_{name}", table, [name])


def _member(key: str, *, owner: bool) -> str:
    return f"""EXISTS (SELECT 1 FROM client_membership m WHERE m.client_id = {key} AND m.organisation_id = {_ORGANISATION}
        AND m.valid_from <= CURRENT_DATE AND (m.valid_to IS NULL OR m.valid_to >= CURRENT_DATE){' AND m.is_owner' if owner else ''})"""


def _protect(table: str) -> None:
    """Let the serving role read what its organisation may see and add to what it owns; a version stays as it was written."""
    visible, owned = (_member(f"{table}.client_id", owner=owner) for owner in (False, True))
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO koto_app")
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY owner_all ON {table} TO CURRENT_USER USING (true) WITH CHECK (true)")
    op.execute(f"CREATE POLICY app_read ON {table} FOR SELECT TO koto_app USING ({visible})")
    op.execute(f"CREATE POLICY app_add ON {table} FOR INSERT TO koto_app WITH CHECK ({owned})")
    if table != "plan_version":
        op.execute(f"CREATE POLICY app_change ON {table} FOR UPDATE TO koto_app USING ({owned}) WITH CHECK ({owned})")
        op.execute(f"CREATE POLICY app_remove ON {table} FOR DELETE TO koto_app USING ({owned})")
    op.execute(f"""CREATE POLICY app_profile ON {table} AS RESTRICTIVE FOR SELECT TO koto_app
        USING ((SELECT current_setting('koto.participant', true)) IS DISTINCT FROM 'yes' OR false)""")


def upgrade() -> None:
    for table, columns in _COLUMNS.items():
        for name, kind in columns:
            op.add_column(table, sa.Column(name, kind, nullable=True))
    op.execute("UPDATE integration_plan SET reviewed_on = (SELECT MAX(r.reviewed_on) FROM plan_review r WHERE r.plan_id = integration_plan.id)")
    _create(
        "plan_extension",
        sa.Column("ground", sa.String(40), nullable=False),
        sa.Column("extended_from", sa.Date(), nullable=False),
        sa.Column("extended_to", sa.Date(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.String(160), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
    )
    _create(
        "plan_interruption",
        sa.Column("reason", sa.String(40), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("grounds", sa.Text(), nullable=True),
    )
    _create(
        "plan_version",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("deed", sa.String(40), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("picture", sa.LargeBinary(), nullable=False),
        sa.UniqueConstraint("plan_id", "number", name="uq_plan_version_plan_id_number"),
        is_indexed=False,
    )
    if op.get_bind().dialect.name == "postgresql":
        for table in TABLES:
            _protect(table)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    for table, columns in reversed(_COLUMNS.items()):
        for name, _kind in reversed(columns):
            op.drop_column(table, name)
