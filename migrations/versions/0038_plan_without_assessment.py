"""A plan of the older act may have no assessment

Revision: 0038, after 0037. There is a way back only while no such plan is stored.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

# The name as it is, without the convention; `op` is not there yet when the file is read, as /readyz does.
_CHECK = "ck_integration_plan_assessment_unless_older"


@contextmanager
def _altered() -> Iterator[BatchOperations]:
    """Alter the table; SQLite remakes it, and may not take along what hangs on it by foreign keys while the old one goes."""
    if op.get_bind().dialect.name != "sqlite":
        with op.batch_alter_table("integration_plan") as batch:
            yield batch
        return
    with op.get_context().autocommit_block():
        op.execute("PRAGMA foreign_keys=OFF")
        with op.batch_alter_table("integration_plan", reflect_kwargs={"resolve_fks": False}) as batch:
            yield batch
        op.execute("PRAGMA foreign_keys=ON")


def upgrade() -> None:
    with _altered() as batch:
        batch.alter_column("assessment_id", existing_type=sa.String(36), nullable=True)
        batch.create_check_constraint(op.f(_CHECK), "assessment_id IS NOT NULL OR drawn_up_date < '2025-01-01'")


def downgrade() -> None:
    with _altered() as batch:
        batch.drop_constraint(op.f(_CHECK), type_="check")
        batch.alter_column("assessment_id", existing_type=sa.String(36), nullable=False)
