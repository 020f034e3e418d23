"""Attempts at exercises, certificates of training, and the certificate in an application for a right

Revision: 0053, after 0042
"""

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None

_TABLES = ("training_attempt", "training_certificate")
_DEEDS = "training_deeds(integer, timestamptz)"


def upgrade() -> None:
    op.create_table(
        "training_attempt",
        sa.Column("id", sa.String(36), nullable=False), sa.Column("user_id", sa.Integer(), nullable=False), sa.Column("organisation_id", sa.String(36), nullable=False),
        sa.Column("exercise", sa.String(8), nullable=False), sa.Column("version", sa.String(16), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False), sa.Column("finished_at", sa.DateTime(timezone=True)),
        _of_person("training_attempt"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_training_attempt_organisation_id_organisation"),
        sa.PrimaryKeyConstraint("id", name="pk_training_attempt"), sa.UniqueConstraint("user_id", "exercise", "version", name="uq_training_attempt_user_id_exercise_version"),
    )  # fmt: skip
    op.create_index("ix_training_attempt_organisation_id", "training_attempt", ["organisation_id"])
    op.create_table(
        "training_certificate",
        sa.Column("id", sa.String(36), nullable=False), sa.Column("user_id", sa.Integer(), nullable=False), sa.Column("path", sa.String(40), nullable=False),
        sa.Column("version", sa.String(16), nullable=False), sa.Column("given_on", sa.Date(), nullable=False), sa.Column("code", sa.String(200), nullable=False),
        _of_person("training_certificate"),
        sa.PrimaryKeyConstraint("id", name="pk_training_certificate"), sa.UniqueConstraint("user_id", "path", "version", name="uq_training_certificate_user_id_path_version"),
    )  # fmt: skip
    op.add_column("right_application", sa.Column("training_path", sa.String(40)))
    op.add_column("right_application", sa.Column("trained_on", sa.Date()))
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {', '.join(_TABLES)} TO koto_app")
        _function()


def _function() -> None:
    """Give one person's own deeds in an exercise begun; the log itself stays closed to those who serve, and without an attempt nothing is given."""
    op.execute("""CREATE FUNCTION training_deeds(person integer, since timestamptz)
        RETURNS TABLE (at timestamptz, name varchar, row_id varchar, criteria varchar, organisation_id varchar)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
        SELECT e.at, e.name, e.row_id, e.criteria, e.organisation_id FROM public.audit_event e
        WHERE e.user_id = person AND e.at >= since AND e.outcome = 'DONE'
            AND EXISTS (SELECT 1 FROM public.training_attempt a WHERE a.user_id = person AND a.started_at <= since) $$""")
    op.execute(f"REVOKE ALL ON FUNCTION {_DEEDS} FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION {_DEEDS} TO koto_app")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"DROP FUNCTION {_DEEDS}")
    for column in ("trained_on", "training_path"):
        op.drop_column("right_application", column)
    for table in reversed(_TABLES):
        op.drop_table(table)


def _of_person(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=f"fk_{table}_user_id_ab_user", ondelete="CASCADE")
