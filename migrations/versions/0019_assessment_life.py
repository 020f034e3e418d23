"""The life of an assessment: when and why it was cancelled, and where the client was guided instead of a plan

Revision: 0019, after 0023
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0023"
branch_labels = None
depends_on = None

_COLUMNS = (("guided_to", sa.Text()), ("cancelled_on", sa.Date()), ("cancel_reason", sa.String(40)))


def upgrade() -> None:
    for name, kind in _COLUMNS:
        op.add_column("assessment", sa.Column(name, kind, nullable=True))


def downgrade() -> None:
    for name, _kind in reversed(_COLUMNS):
        op.drop_column("assessment", name)
