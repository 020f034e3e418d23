"""Let the planner estimate how many clients an organisation has

A statement names the organisation, and so does the reading policy. PostgreSQL multiplied the two shares as if they had nothing
to do with each other: of a million memberships it expected 374 where 20,000 are, gathered and sorted all clients of the
organisation for a page of 25, and took 130 ms instead of 3. Of COALESCE it expects half and no more is multiplied.

Revision: 0062, after 0061
"""

from alembic import op

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None

_ORGANISATION = "current_setting('koto.organisation', true)"
_OWN_OR_SHARED = f"organisation_id = {_ORGANISATION} OR shared_by_id = {_ORGANISATION}"


def _replace(condition: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"ALTER POLICY app_read ON client_membership USING ({condition})")


def upgrade() -> None:
    _replace(f"coalesce({_OWN_OR_SHARED}, false)")


def downgrade() -> None:
    _replace(_OWN_OR_SHARED)
