"""Narrower roles that an organisation makes of those of the release

Revision: 0007, after 0006
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


@contextmanager
def _access_grant() -> Iterator[Any]:
    """Alter the table; SQLite makes it anew and says that it cannot read an index of `ab_user`, which is left alone."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Skipped unsupported reflection of expression-based index", sa.exc.SAWarning)
        with op.batch_alter_table("access_grant") as table:
            yield table


def upgrade() -> None:
    op.create_table(
        "local_role",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("base", sa.String(40), nullable=False),
        sa.Column("name_fi", sa.String(60), nullable=False),
        sa.Column("name_sv", sa.String(60), nullable=False),
        sa.Column("reason", sa.String(300), nullable=True),
        sa.Column("withheld", sa.Text(), nullable=False),
        sa.Column("org_id", sa.String(36), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["org_id"], ["organisation.id"], name="fk_local_role_org_id_organisation"),
        sa.ForeignKeyConstraint(["created_by"], ["ab_user.id"], name="fk_local_role_created_by_ab_user"),
        sa.ForeignKeyConstraint(["changed_by"], ["ab_user.id"], name="fk_local_role_changed_by_ab_user"),
        sa.PrimaryKeyConstraint("id", name="pk_local_role"),
        sa.UniqueConstraint("org_id", "name_fi", name="uq_local_role_org_id_name_fi"),
        sa.UniqueConstraint("org_id", "name_sv", name="uq_local_role_org_id_name_sv"),
    )
    op.create_index("ix_local_role_org_id", "local_role", ["org_id"])
    with _access_grant() as grant:
        grant.add_column(sa.Column("local_role_id", sa.String(36), nullable=True))
        grant.create_foreign_key("fk_access_grant_local_role_id_local_role", "local_role", ["local_role_id"], ["id"])
    op.create_index("ix_access_grant_local_role_id", "access_grant", ["local_role_id"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON local_role TO koto_app")


def downgrade() -> None:
    op.drop_index("ix_access_grant_local_role_id", "access_grant")
    with _access_grant() as grant:
        grant.drop_constraint("fk_access_grant_local_role_id_local_role", type_="foreignkey")
        grant.drop_column("local_role_id")
    op.drop_table("local_role")
