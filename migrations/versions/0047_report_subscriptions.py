"""Subscriptions to reports, and which letters of them were written

Revision: 0047, after 0045
"""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0045"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_TABLES = ("report_subscription", "report_letter")


def upgrade() -> None:
    op.create_table(
        "report_subscription",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(300), nullable=False),
        sa.Column("every", sa.String(40), nullable=False),
        sa.Column("org_id", sa.String(36), nullable=False),
        sa.Column("created_by", sa.Integer()),
        sa.Column("changed_by", sa.Integer()),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name="fk_report_subscription_user_id_ab_user", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["created_by"], ["ab_user.id"], name="fk_report_subscription_created_by_ab_user"),
        sa.ForeignKeyConstraint(["changed_by"], ["ab_user.id"], name="fk_report_subscription_changed_by_ab_user"),
        sa.ForeignKeyConstraint(["org_id"], ["organisation.id"], name="fk_report_subscription_org_id_organisation"),
        sa.PrimaryKeyConstraint("id", name="pk_report_subscription"),
        sa.UniqueConstraint("user_id", "org_id", "address", "every", name="uq_report_subscription_user_id_org_id_address_every"),
    )
    op.create_index("ix_report_subscription_org_id", "report_subscription", ["org_id"])
    op.create_table(
        "report_letter",
        sa.Column("subscription_id", sa.String(36), nullable=False),
        sa.Column("period_id", sa.String(7), nullable=False),
        sa.Column("written_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["subscription_id"], ["report_subscription.id"], name="fk_report_letter_subscription_id_report_subscription", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("subscription_id", "period_id", name="pk_report_letter"),
    )
    if op.get_bind().dialect.name == "postgresql":
        for table in _TABLES:
            op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO koto_app")


def downgrade() -> None:
    for table in reversed(_TABLES):
        op.drop_table(table)
