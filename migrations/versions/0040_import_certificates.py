"""Certificates of moves

Revision: 0040, after 0038
"""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0038"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_OWN = "org_id = current_setting('koto.organisation', true)"


def upgrade() -> None:
    op.create_table(
        "import_certificate",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("batch_id", sa.String(36), nullable=False),
        sa.Column("org_id", sa.String(36), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("answers", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("signed_at", _MOMENT, nullable=True),
        sa.Column("signed_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name="fk_import_certificate_batch_id_import_batch", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["org_id"], ["organisation.id"], name="fk_import_certificate_org_id_organisation"),
        sa.ForeignKeyConstraint(["signed_by"], ["ab_user.id"], name="fk_import_certificate_signed_by_ab_user"),
        sa.UniqueConstraint("batch_id", name="uq_import_certificate_batch_id"),
        sa.PrimaryKeyConstraint("id", name="pk_import_certificate"),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON import_certificate TO koto_app")
        op.execute("ALTER TABLE import_certificate ENABLE ROW LEVEL SECURITY")
        op.execute("ALTER TABLE import_certificate FORCE ROW LEVEL SECURITY")
        op.execute("CREATE POLICY owner_all ON import_certificate TO CURRENT_USER USING (true) WITH CHECK (true)")
        op.execute(f"CREATE POLICY app_own ON import_certificate TO koto_app USING ({_OWN}) WITH CHECK ({_OWN})")
        op.execute("""CREATE POLICY app_profile ON import_certificate AS RESTRICTIVE FOR SELECT TO koto_app
            USING ((SELECT current_setting('koto.participant', true)) IS DISTINCT FROM 'yes')""")


def downgrade() -> None:
    op.drop_table("import_certificate")
