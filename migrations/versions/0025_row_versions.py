"""Versions of records: what each record of a client held after every change

Rows are added only: the serving role may neither change nor remove one, and they go with their client. A version is
written after the change it tells of has passed the policies of its own table, also when that change ended the writer's
own standing to the client; so whoever has or had such a standing may add one, in the name of its own organisation.

Revision: 0025, after 0021
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0021"
branch_labels = None
depends_on = None

TABLE = "row_version"
_ORGANISATION = "current_setting('koto.organisation', true)"


def _key(name: str, to: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([name], [f"{to}.id"], name=f"fk_{TABLE}_{name}_{to}", ondelete=ondelete)


def _protect() -> None:
    member = f"SELECT 1 FROM client_membership m WHERE m.client_id = {TABLE}.client_id AND m.organisation_id = {_ORGANISATION}"
    today = "AND m.valid_from <= CURRENT_DATE AND (m.valid_to IS NULL OR m.valid_to >= CURRENT_DATE)"
    op.execute(f"GRANT SELECT, INSERT ON {TABLE} TO koto_app")
    op.execute(f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {TABLE} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY owner_all ON {TABLE} TO CURRENT_USER USING (true) WITH CHECK (true)")
    op.execute(f"CREATE POLICY app_read ON {TABLE} FOR SELECT TO koto_app USING (EXISTS ({member} {today}))")
    op.execute(f"CREATE POLICY app_add ON {TABLE} FOR INSERT TO koto_app WITH CHECK (org_id = {_ORGANISATION} AND EXISTS ({member}))")
    # No profile of a participant shows earlier versions.
    op.execute(f"""CREATE POLICY app_profile ON {TABLE} AS RESTRICTIVE FOR SELECT TO koto_app
        USING ((SELECT current_setting('koto.participant', true)) IS DISTINCT FROM 'yes')""")


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("client_id", sa.String(36), nullable=False),
        sa.Column("table_name", sa.String(63), nullable=False),
        sa.Column("row_id", sa.String(36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.Column("org_id", sa.String(36), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        _key("client_id", "client", "CASCADE"), _key("changed_by", "ab_user"), _key("org_id", "organisation"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{TABLE}"),
    )
    op.create_index(f"ix_{TABLE}_client_id", TABLE, ["client_id"])
    op.create_index(f"uq_{TABLE}_place", TABLE, ["table_name", "row_id", "number"], unique=True)
    if op.get_bind().dialect.name == "postgresql":
        _protect()


def downgrade() -> None:
    op.drop_table(TABLE)
