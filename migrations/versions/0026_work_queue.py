"""Absences with cover, secret addresses of calendars, and which digests were written

Revision: 0026, after 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0017"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_TABLES = ("absence", "queue_calendar", "queue_digest")


def _key(table: str, name: str, to: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([name], [f"{to}.id"], name=f"fk_{table}_{name}_{to}", ondelete=ondelete)


def upgrade() -> None:
    op.create_table(
        "absence",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("cover_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("org_id", sa.String(36), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _key("absence", "user_id", "ab_user", "CASCADE"), _key("absence", "cover_id", "ab_user", "CASCADE"), _key("absence", "org_id", "organisation"),
        _key("absence", "created_by", "ab_user"), _key("absence", "changed_by", "ab_user"),
        sa.PrimaryKeyConstraint("id", name="pk_absence"),
        sa.CheckConstraint("ends_on >= starts_on", name="ck_absence_order"),
        sa.CheckConstraint("user_id <> cover_id", name="ck_absence_not_oneself"),
    )  # fmt: skip
    for column in ("user_id", "cover_id", "org_id"):
        op.create_index(f"ix_absence_{column}", "absence", [column])
    op.create_table(
        "queue_calendar",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("token_digest", sa.String(64), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        _key("queue_calendar", "user_id", "ab_user", "CASCADE"),
        sa.PrimaryKeyConstraint("user_id", name="pk_queue_calendar"),
        sa.UniqueConstraint("token_digest", name="uq_queue_calendar_token_digest"),
    )  # fmt: skip
    op.create_table(
        "queue_digest",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        _key("queue_digest", "user_id", "ab_user", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_queue_digest"),
        sa.UniqueConstraint("user_id", "day", name="uq_queue_digest_user_id_day"),
    )  # fmt: skip
    op.create_index("ix_queue_digest_day", "queue_digest", ["day"])
    if op.get_bind().dialect.name == "postgresql":
        for table in _TABLES:
            op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO koto_app")


def downgrade() -> None:
    for table in reversed(_TABLES):
        op.drop_table(table)
