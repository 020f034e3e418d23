"""What the facts of a period rest on, which checks of the records found something, and how many rows fill each field

Revision: 0042, after 0047
"""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0047"
branch_labels = None
depends_on = None

_TABLES = ("report_sanity", "report_fill")


def upgrade() -> None:
    with op.batch_alter_table("report_run") as batch:
        batch.add_column(sa.Column("day", sa.Date()))
        batch.add_column(sa.Column("basis", sa.String(64)))
    op.create_table(
        "report_sanity",
        sa.Column("organisation_id", sa.String(36), nullable=False), sa.Column("check", sa.String(40), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False), sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        _of_organisation("report_sanity"), sa.PrimaryKeyConstraint("organisation_id", "check", name="pk_report_sanity"),
    )  # fmt: skip
    op.create_table(
        "report_fill",
        sa.Column("organisation_id", sa.String(36), nullable=False), sa.Column("field", sa.String(80), nullable=False),
        sa.Column("filled", sa.Integer(), nullable=False), sa.Column("rows", sa.Integer(), nullable=False),
        _of_organisation("report_fill"), sa.PrimaryKeyConstraint("organisation_id", "field", name="pk_report_fill"),
    )  # fmt: skip
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {', '.join(_TABLES)} TO koto_app")


def downgrade() -> None:
    for table in reversed(_TABLES):
        op.drop_table(table)
    with op.batch_alter_table("report_run") as batch:
        batch.drop_column("basis")
        batch.drop_column("day")


def _of_organisation(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=f"fk_{table}_organisation_id_organisation")
