"""An index of the clients that were joined to another, so that lists are counted without reading every client

Revision: 0035, after 0040
"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0040"
branch_labels = None
depends_on = None

_JOINED = sa.text("merged_into_id IS NOT NULL")


def upgrade() -> None:
    op.create_index("ix_client_joined", "client", ["id", "org_id"], postgresql_where=_JOINED, sqlite_where=_JOINED)


def downgrade() -> None:
    op.drop_index("ix_client_joined", "client")
