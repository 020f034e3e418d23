"""Training places, their members, and the day the invented records are of

Revision: 0052, after 0042
"""

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_TABLES = ("training_place", "training_member", "training_world")
_ASKED = "org_id IS NULL AND kind = 'training:load' AND created_by IS NULL"
_IS_OWN = sa.text("kind = 'OWN'")


def upgrade() -> None:
    op.create_table(
        "training_place",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("municipality_id", sa.String(36)),
        sa.Column("county_id", sa.String(36)),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("name", sa.String(80)),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("made_at", _MOMENT),
        sa.Column("reset_at", _MOMENT),
        sa.ForeignKeyConstraint(["municipality_id"], ["organisation.id"], name="fk_training_place_municipality_id_organisation"),
        sa.ForeignKeyConstraint(["county_id"], ["organisation.id"], name="fk_training_place_county_id_organisation"),
        sa.ForeignKeyConstraint(["owner_id"], ["ab_user.id"], name="fk_training_place_owner_id_ab_user", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_training_place"),
        sa.UniqueConstraint("seed", name="uq_training_place_seed"),
        sa.CheckConstraint("kind IN ('OWN', 'COURSE')", name="ck_training_place_kind"),
    )
    for column in ("municipality_id", "county_id", "owner_id"):
        op.create_index(f"ix_training_place_{column}", "training_place", [column])
    op.create_index("uq_training_place_own", "training_place", ["owner_id"], unique=True, postgresql_where=_IS_OWN, sqlite_where=_IS_OWN)
    op.create_table(
        "training_member",
        sa.Column("place_id", sa.String(36), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("is_instructor", sa.Boolean(), nullable=False),
        sa.Column("path", sa.String(40)),
        sa.ForeignKeyConstraint(["place_id"], ["training_place.id"], name="fk_training_member_place_id_training_place", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name="fk_training_member_user_id_ab_user", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("place_id", "user_id", name="pk_training_member"),
    )
    op.create_index("ix_training_member_user_id", "training_member", ["user_id"])
    op.create_table(
        "training_world",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("renewed_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_training_world"),
        sa.CheckConstraint("id = 1", name="ck_training_world_one_row"),
    )
    if op.get_bind().dialect.name == "postgresql":
        # Making and emptying a place is the worker's, who works as the owner.
        op.execute("GRANT SELECT, INSERT ON training_place, training_member TO koto_app")
        op.execute("GRANT SELECT ON training_world TO koto_app")
        # A trainee may ask for a place before having any right, so the job is of no organisation; what it does is the worker's.
        op.execute(f"CREATE POLICY app_read_training ON job FOR SELECT TO koto_app USING ({_ASKED})")
        op.execute(f"CREATE POLICY app_add_training ON job FOR INSERT TO koto_app WITH CHECK ({_ASKED})")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for policy in ("app_read_training", "app_add_training"):
            op.execute(f"DROP POLICY {policy} ON job")
    for table in reversed(_TABLES):
        op.drop_table(table)
