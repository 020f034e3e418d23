"""The controller's own clients pass the reading policy by their own column; memberships are asked for shared ones only

The policy asked for a membership of every client, and PostgreSQL read all memberships of the organisation into a hash for
each statement. A client's `org_id` names its controller, so only clients of others need the question.

Revision: 0004, after 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_ORGANISATION = "current_setting('koto.organisation', true)"
_MEMBER = f"""EXISTS (SELECT 1 FROM client_membership m WHERE m.client_id = client.id AND m.organisation_id = {_ORGANISATION}
    AND m.valid_from <= CURRENT_DATE AND (m.valid_to IS NULL OR m.valid_to >= CURRENT_DATE)"""


def _replace(condition: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP POLICY app_read ON client")
        op.execute(f"CREATE POLICY app_read ON client FOR SELECT TO koto_app USING ({condition})")


def upgrade() -> None:
    op.create_index(
        "ix_client_membership_shared", "client_membership", ["organisation_id", "client_id"],
        postgresql_where=sa.text("NOT is_owner"), sqlite_where=sa.text("NOT is_owner"),
    )  # fmt: skip
    _replace(f"org_id = {_ORGANISATION} OR {_MEMBER} AND NOT m.is_owner)")


def downgrade() -> None:
    _replace(f"{_MEMBER})")
    op.drop_index("ix_client_membership_shared", "client_membership")
