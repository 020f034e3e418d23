"""Add-ons of municipalities and the tokens of their programs

Revision: 0060, after 0059
"""

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("access_grant", sa.Column("is_program", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "add_on",
        *_recorded(
            "add_on", sa.Column("name", sa.String(60), nullable=False), sa.Column("supplier", sa.String(120), nullable=False),
            sa.Column("purpose", sa.String(500), nullable=False), sa.Column("email", sa.LargeBinary(), nullable=False), sa.Column("scope_lines", sa.Text(), nullable=False),
            sa.Column("valid_to", sa.Date(), nullable=False), sa.Column("is_accepted", sa.Boolean()), sa.Column("decision_reason", sa.String(500)),
            sa.Column("decided_at", _MOMENT), sa.Column("decided_by", sa.Integer()), sa.Column("grant_id", sa.String(36)),
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["ab_user.id"], name="fk_add_on_decided_by_ab_user"),
        sa.ForeignKeyConstraint(["grant_id"], ["access_grant.id"], name="fk_add_on_grant_id_access_grant"),
    )  # fmt: skip
    op.create_index("ix_add_on_grant_id", "add_on", ["grant_id"])
    op.create_table(
        "api_token",
        *_recorded(
            "api_token", sa.Column("add_on_id", sa.String(36), nullable=False), sa.Column("name", sa.String(60), nullable=False),
            sa.Column("digest", sa.String(64), nullable=False), sa.Column("valid_to", sa.Date(), nullable=False), sa.Column("last_used_at", _MOMENT),
            sa.Column("ended_at", _MOMENT),
        ),
        sa.ForeignKeyConstraint(["add_on_id"], ["add_on.id"], name="fk_api_token_add_on_id_add_on", ondelete="CASCADE"),
        sa.UniqueConstraint("digest", name="uq_api_token_digest"),
    )  # fmt: skip
    op.create_index("ix_api_token_add_on_id", "api_token", ["add_on_id"])
    for table in ("add_on", "api_token"):
        op.create_index(f"ix_{table}_org_id", table, ["org_id"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON add_on, api_token TO koto_app")


def downgrade() -> None:
    op.drop_table("api_token")
    op.drop_table("add_on")
    op.drop_column("access_grant", "is_program")


def _recorded(table: str, *columns: sa.Column) -> list:
    return [
        sa.Column("id", sa.String(36), nullable=False), *columns,
        sa.Column("org_id", sa.String(36), nullable=False), sa.Column("created_by", sa.Integer()), sa.Column("changed_by", sa.Integer()),
        sa.Column("created_at", _MOMENT, nullable=False), sa.Column("changed_at", _MOMENT, nullable=False), sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["created_by"], ["ab_user.id"], name=f"fk_{table}_created_by_ab_user"),
        sa.ForeignKeyConstraint(["changed_by"], ["ab_user.id"], name=f"fk_{table}_changed_by_ab_user"),
        sa.ForeignKeyConstraint(["org_id"], ["organisation.id"], name=f"fk_{table}_org_id_organisation"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    ]  # fmt: skip
