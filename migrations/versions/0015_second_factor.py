"""Sessions have a public key, a last use and a device; the second factor, its recovery codes and half sign-ins

Revision: 0015, after 0014
"""

import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

NEW = ("second_factor", "recovery_code", "half_sign_in")
_MOMENT = sa.DateTime(timezone=True)
_ADDED = ("id", "last_used_at", "end_reason", "device", "has_second_factor")


@contextmanager
def _altered(name: str) -> Iterator[Any]:
    """Alter a table; SQLite makes it anew and says that it cannot read an index of `ab_user`, which is left alone."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Skipped unsupported reflection of expression-based index", sa.exc.SAWarning)
        with op.batch_alter_table(name) as table:
            yield table


def _person(table: str) -> list[sa.Constraint]:
    return [sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=f"fk_{table}_user_id_ab_user", ondelete="CASCADE")]


def _create_tables() -> None:
    op.create_table(
        "second_factor",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("confirmed_at", _MOMENT, nullable=False),
        sa.Column("last_step", sa.Integer(), nullable=False),
        sa.Column("failed_tries", sa.Integer(), nullable=False),
        sa.Column("blocked_until", _MOMENT, nullable=True),
        *_person("second_factor"),
        sa.PrimaryKeyConstraint("user_id", name="pk_second_factor"),
    )
    op.create_table(
        "recovery_code",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("used_at", _MOMENT, nullable=True),
        *_person("recovery_code"),
        sa.PrimaryKeyConstraint("id", name="pk_recovery_code"),
    )
    op.create_index("ix_recovery_code_user_id", "recovery_code", ["user_id"])
    op.create_table(
        "half_sign_in",
        sa.Column("token_digest", sa.String(64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("password_mark", sa.String(64), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=True),
        sa.Column("expires_at", _MOMENT, nullable=False),
        *_person("half_sign_in"),
        sa.PrimaryKeyConstraint("token_digest", name="pk_half_sign_in"),
    )
    op.create_index("ix_half_sign_in_user_id", "half_sign_in", ["user_id"])


def upgrade() -> None:
    _create_tables()
    op.add_column("user_session", sa.Column("id", sa.String(36), nullable=True))
    op.add_column("user_session", sa.Column("last_used_at", _MOMENT, nullable=True))
    op.add_column("user_session", sa.Column("end_reason", sa.String(20), nullable=True))
    op.add_column("user_session", sa.Column("device", sa.String(40), nullable=True))
    op.add_column("user_session", sa.Column("has_second_factor", sa.Boolean(), server_default=sa.false(), nullable=False))
    # Whoever is at work while the release changes goes on.
    bind = op.get_bind()
    for (digest,) in bind.execute(sa.text("SELECT token_digest FROM user_session")).all():
        bind.execute(sa.text("UPDATE user_session SET id = :key, last_used_at = CURRENT_TIMESTAMP WHERE token_digest = :digest"),
                     {"key": str(uuid.uuid4()), "digest": digest})  # fmt: skip
    with _altered("user_session") as table:
        table.alter_column("id", existing_type=sa.String(36), nullable=False)
        table.alter_column("last_used_at", existing_type=_MOMENT, nullable=False)
        table.create_unique_constraint("uq_user_session_id", ["id"])
    if bind.dialect.name == "postgresql":
        op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON second_factor, recovery_code, half_sign_in TO koto_app")


def downgrade() -> None:
    with _altered("user_session") as table:
        table.drop_constraint("uq_user_session_id", type_="unique")
        for name in _ADDED:
            table.drop_column(name)
    for table_name in NEW:
        op.drop_table(table_name)
