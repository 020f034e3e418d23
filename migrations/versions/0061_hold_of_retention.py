"""Why a client's data are kept although their time is over, and how many were deleted

Revision: 0061, after 0060
"""

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None

_ENDED = "coalesce(relationship_ended, archived_on)"


def upgrade() -> None:
    op.add_column("client", sa.Column("hold_reason", sa.String(40)))
    # What is due is looked for every night among all clients; few have an end.
    op.create_index("ix_client_ended", "client", ["id"], postgresql_where=sa.text(f"{_ENDED} IS NOT NULL"), sqlite_where=sa.text(f"{_ENDED} IS NOT NULL"))
    op.create_table(
        "client_deletion",
        sa.Column("id", sa.String(36), nullable=False), sa.Column("org_id", sa.String(36), nullable=False), sa.Column("deleted_on", sa.Date(), nullable=False),
        sa.Column("clients", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["org_id"], ["organisation.id"], name="fk_client_deletion_org_id_organisation"),
        sa.PrimaryKeyConstraint("id", name="pk_client_deletion"),
    )  # fmt: skip
    op.create_index("ix_client_deletion_org_id", "client_deletion", ["org_id", "deleted_on"])
    if op.get_bind().dialect.name == "postgresql":
        # Written by the owner alone; figures are counted by whoever serves too.
        op.execute("GRANT SELECT ON client_deletion TO koto_app")
    # A client that is deleted takes these along.
    op.create_index("ix_protected_opening_client_id", "protected_opening", ["client_id"])


def downgrade() -> None:
    op.drop_table("client_deletion")
    op.drop_index("ix_protected_opening_client_id", table_name="protected_opening")
    op.drop_index("ix_client_ended", table_name="client")
    op.drop_column("client", "hold_reason")
