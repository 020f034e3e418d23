"""The mark of the environment that a database belongs to; an application of the training environment declares no data-protection training

Revision: 0051, after 0042. There is a way back only while no application without that day is stored.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None


@contextmanager
def _altered() -> Iterator[BatchOperations]:
    """Alter the applications; SQLite remakes the table, and may not take along what hangs on it by foreign keys while the old one goes."""
    if op.get_bind().dialect.name != "sqlite":
        with op.batch_alter_table("right_application", reflect_kwargs={"resolve_fks": False}) as batch:
            yield batch
        return
    with op.get_context().autocommit_block():
        op.execute("PRAGMA foreign_keys=OFF")
        with op.batch_alter_table("right_application", reflect_kwargs={"resolve_fks": False}) as batch:
            yield batch
        op.execute("PRAGMA foreign_keys=ON")


def upgrade() -> None:
    op.create_table(
        "environment_mark",
        sa.Column("id", sa.String(10), nullable=False),
        sa.Column("environment", sa.String(20), nullable=False),
        sa.Column("keys", sa.Text(), nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_environment_mark"),
    )
    if op.get_bind().dialect.name == "postgresql":
        # Every start asks it; who serves never writes it.
        op.execute("GRANT SELECT ON environment_mark TO koto_app")
    with _altered() as batch:
        batch.alter_column("training_done_on", existing_type=sa.Date(), nullable=True)


def downgrade() -> None:
    with _altered() as batch:
        batch.alter_column("training_done_on", existing_type=sa.Date(), nullable=False)
    op.drop_table("environment_mark")
