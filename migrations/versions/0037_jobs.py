"""Jobs of the worker beside the service, and the last run of each duty of the clock

Revision: 0037, after 0036
"""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

_ORGANISATION = "current_setting('koto.organisation', true)"
_MOMENT = sa.DateTime(timezone=True)
_IS_UNFINISHED = sa.text("state IN ('QUEUED', 'RUNNING', 'PAUSED')")


def upgrade() -> None:
    op.create_table(
        "job",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("subject_id", sa.String(36), nullable=False),
        sa.Column("org_id", sa.String(36), nullable=True),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("wanted", sa.String(10), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("error_code", sa.String(40), nullable=True),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("grant_id", sa.String(36), nullable=True),
        sa.Column("due_at", _MOMENT, nullable=False),
        sa.Column("started_at", _MOMENT, nullable=True),
        sa.Column("heartbeat_at", _MOMENT, nullable=True),
        sa.Column("finished_at", _MOMENT, nullable=True),
        sa.Column("holder", sa.String(120), nullable=True),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["org_id"], ["organisation.id"], name="fk_job_org_id_organisation"),
        sa.ForeignKeyConstraint(["created_by"], ["ab_user.id"], name="fk_job_created_by_ab_user"),
        sa.ForeignKeyConstraint(["grant_id"], ["access_grant.id"], name="fk_job_grant_id_access_grant", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_job"),
        sa.CheckConstraint("state IN ('QUEUED', 'RUNNING', 'PAUSED', 'CANCELLED', 'FAILED', 'DONE')", name="ck_job_state"),
        sa.CheckConstraint("wanted IN ('RUN', 'PAUSE', 'CANCEL')", name="ck_job_wanted"),
    )
    op.create_index("uq_job_unfinished", "job", ["kind", "subject_id"], unique=True, postgresql_where=_IS_UNFINISHED, sqlite_where=_IS_UNFINISHED)
    op.create_index("ix_job_state", "job", ["state", "due_at"])
    op.create_index("ix_job_org_id", "job", ["org_id"])
    op.create_table(
        "duty_run",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("slot_at", _MOMENT, nullable=False),
        sa.Column("started_at", _MOMENT, nullable=False),
        sa.Column("finished_at", _MOMENT, nullable=True),
        sa.Column("succeeded_at", _MOMENT, nullable=True),
        sa.Column("outcome", sa.String(10), nullable=True),
        sa.Column("took_ms", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("name", name="pk_duty_run"),
    )
    if op.get_bind().dialect.name == "postgresql":
        _guard()


def _guard() -> None:
    """Let those who serve see and change the jobs of their organisation, and see whether a worker lives; the owner does the system's own."""
    op.execute("GRANT SELECT, INSERT, UPDATE ON job TO koto_app")
    op.execute("ALTER TABLE job ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE job FORCE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY owner_all ON job TO CURRENT_USER USING (true) WITH CHECK (true)")
    own = f"org_id = {_ORGANISATION}"
    op.execute(f"CREATE POLICY app_read ON job FOR SELECT TO koto_app USING ({own})")
    op.execute(f"CREATE POLICY app_add ON job FOR INSERT TO koto_app WITH CHECK ({own})")
    op.execute(f"CREATE POLICY app_change ON job FOR UPDATE TO koto_app USING ({own}) WITH CHECK ({own})")
    op.execute("GRANT SELECT ON duty_run TO koto_app")


def downgrade() -> None:
    for table in ("duty_run", "job"):
        op.drop_table(table)
