"""LDAP directories of the organisations: settings, groups, state, and where each account came from

Revision: 0013, after 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def _record(table: str) -> list:
    """Give the columns of who wrote a row, with their keys."""
    return [
        sa.Column("org_id", sa.String(36), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["org_id"], ["organisation.id"], name=f"fk_{table}_org_id_organisation"),
        sa.ForeignKeyConstraint(["created_by"], ["ab_user.id"], name=f"fk_{table}_created_by_ab_user"),
        sa.ForeignKeyConstraint(["changed_by"], ["ab_user.id"], name=f"fk_{table}_changed_by_ab_user"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    ]


def upgrade() -> None:
    op.create_table(
        "directory",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("realm", sa.String(60), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("url", sa.String(300), nullable=False),
        sa.Column("starttls", sa.Boolean(), nullable=False),
        sa.Column("ca_certificate", sa.Text(), nullable=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("search_base", sa.String(500), nullable=False),
        sa.Column("group_base", sa.String(500), nullable=True),
        sa.Column("user_filter", sa.String(500), nullable=False),
        sa.Column("username_attribute", sa.String(60), nullable=False),
        sa.Column("given_name_attribute", sa.String(60), nullable=False),
        sa.Column("family_name_attribute", sa.String(60), nullable=False),
        sa.Column("mail_attribute", sa.String(60), nullable=True),
        sa.Column("bind_dn", sa.String(500), nullable=False),
        sa.Column("bind_secret", sa.LargeBinary(), nullable=False),
        sa.Column("test_user", sa.String(64), nullable=True),
        *_record("directory"),
        sa.UniqueConstraint("realm", name="uq_directory_realm"),
    )
    op.create_index("ix_directory_org_id", "directory", ["org_id"])
    op.create_table(
        "directory_group",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("directory_id", sa.String(36), nullable=False),
        sa.Column("group_dn", sa.String(500), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("bypasses_application", sa.Boolean(), nullable=False),
        *_record("directory_group"),
        sa.ForeignKeyConstraint(["directory_id"], ["directory.id"], name="fk_directory_group_directory_id_directory", ondelete="CASCADE"),
        sa.UniqueConstraint("directory_id", "group_dn", "role", name="uq_directory_group_directory_id_group_dn_role"),
    )
    op.create_index("ix_directory_group_org_id", "directory_group", ["org_id"])
    op.create_table(
        "directory_state",
        sa.Column("directory_id", sa.String(36), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failing_since", _MOMENT, nullable=True),
        sa.Column("open_until", _MOMENT, nullable=True),
        sa.Column("last_success_at", _MOMENT, nullable=True),
        sa.Column("last_failure_at", _MOMENT, nullable=True),
        sa.Column("last_fault", sa.String(20), nullable=True),
        sa.ForeignKeyConstraint(["directory_id"], ["directory.id"], name="fk_directory_state_directory_id_directory", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("directory_id", name="pk_directory_state"),
    )
    op.create_table(
        "directory_account",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("org_id", sa.String(36), nullable=False),
        sa.Column("suggested_role", sa.String(40), nullable=True),
        sa.Column("signed_in_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name="fk_directory_account_user_id_ab_user", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["org_id"], ["organisation.id"], name="fk_directory_account_org_id_organisation"),
        sa.PrimaryKeyConstraint("user_id", name="pk_directory_account"),
    )
    op.create_index("ix_directory_account_org_id", "directory_account", ["org_id"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON directory, directory_group, directory_state TO koto_app")
        op.execute("GRANT SELECT, INSERT, UPDATE ON directory_account TO koto_app")


def downgrade() -> None:
    for name in ("directory_account", "directory_state", "directory_group", "directory"):
        op.drop_table(name)
