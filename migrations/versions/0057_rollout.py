"""Taking the system into use: stages of each organisation, obstacles and contact persons

Revision: 0057, after 0042
"""

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_TABLES = ("rollout_step", "rollout_obstacle", "rollout_contact")


def upgrade() -> None:
    op.create_table(
        "rollout_step",
        *_recorded(
            "rollout_step", sa.Column("stage", sa.String(40), nullable=False), sa.Column("planned_on", sa.Date()), sa.Column("told_on", sa.Date()),
            sa.Column("seen_on", sa.Date()), sa.Column("is_skipped", sa.Boolean(), nullable=False), sa.Column("note", sa.String(300)),
        ),
        sa.UniqueConstraint("org_id", "stage", name="uq_rollout_step_org_id_stage"),
    )  # fmt: skip
    op.create_table(
        "rollout_obstacle",
        *_recorded(
            "rollout_obstacle", sa.Column("kind", sa.String(40), nullable=False), sa.Column("description", sa.String(500)),
            sa.Column("needs_help", sa.Boolean(), nullable=False), sa.Column("found_on", sa.Date(), nullable=False), sa.Column("solved_on", sa.Date()),
        ),
    )  # fmt: skip
    op.create_table(
        "rollout_contact",
        *_recorded(
            "rollout_contact", sa.Column("task", sa.String(40), nullable=False), sa.Column("name", sa.String(120), nullable=False),
            sa.Column("email", sa.String(254)), sa.Column("phone", sa.String(40)),
        ),
    )  # fmt: skip
    for table in _TABLES:
        op.create_index(f"ix_{table}_org_id", table, ["org_id"])
    op.create_index("ix_rollout_obstacle_open", "rollout_obstacle", ["org_id", "solved_on"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {', '.join(_TABLES)} TO koto_app")


def downgrade() -> None:
    for table in reversed(_TABLES):
        op.drop_table(table)


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
