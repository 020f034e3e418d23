"""Announcements, switches of functions, what is new, and what a reader has dismissed and seen of them

None of them names a client or depends on one, so no policy narrows them. `shared_version` counts their changes for all processes.

Revision: 0056, after 0042
"""

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_TABLES = ("announcement", "function_switch", "news_entry")


def upgrade() -> None:
    versions = op.create_table(
        "shared_version", sa.Column("id", sa.Integer(), nullable=False), sa.Column("number", sa.Integer(), nullable=False), sa.PrimaryKeyConstraint("id", name="pk_shared_version"),
    )  # fmt: skip
    op.bulk_insert(versions, [{"id": 1, "number": 1}])
    _create(
        "announcement",
        _text("kind", 40), *_texts(), sa.Column("shown_from", sa.Date(), nullable=False), sa.Column("shown_to", sa.Date(), nullable=False),
        sa.Column("outage_from", _MOMENT), sa.Column("outage_to", _MOMENT), sa.Column("role", sa.String(40)), sa.Column("audience_id", sa.String(36)),
        sa.Column("stage", sa.String(40)),
        sa.ForeignKeyConstraint(["audience_id"], ["organisation.id"], name="fk_announcement_audience_id_organisation"),
    )  # fmt: skip
    _create(
        "function_switch",
        _text("function", 40), sa.Column("environment", sa.String(40)), sa.Column("organisation_id", sa.String(36)), sa.Column("on_from", sa.Date()),
        _text("owner", 200), _text("note_fi", 300), _text("note_sv", 300),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_function_switch_organisation_id_organisation"),
    )  # fmt: skip
    _create("news_entry", sa.Column("told_on", sa.Date(), nullable=False), sa.Column("function", sa.String(40)), sa.Column("role", sa.String(40)), *_texts())
    with op.batch_alter_table("user_profile", reflect_kwargs={"resolve_fks": False}) as batch:
        batch.add_column(sa.Column("dismissed", sa.Text()))
        batch.add_column(sa.Column("news_seen_at", _MOMENT))
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {', '.join(_TABLES)} TO koto_app")
        op.execute("GRANT SELECT, UPDATE ON shared_version TO koto_app")


def downgrade() -> None:
    with op.batch_alter_table("user_profile", reflect_kwargs={"resolve_fks": False}) as batch:
        batch.drop_column("news_seen_at")
        batch.drop_column("dismissed")
    for table in (*reversed(_TABLES), "shared_version"):
        op.drop_table(table)


def _text(name: str, length: int) -> sa.Column:
    return sa.Column(name, sa.String(length), nullable=False)


def _texts() -> list[sa.Column]:
    return [_text("title_fi", 120), _text("title_sv", 120), sa.Column("text_fi", sa.Text(), nullable=False), sa.Column("text_sv", sa.Text(), nullable=False)]


def _create(table: str, *parts: sa.schema.SchemaItem) -> None:
    """Create a table with its key and the record of who wrote the row."""
    op.create_table(
        table, sa.Column("id", sa.String(36), nullable=False), *parts, sa.Column("org_id", sa.String(36), nullable=False),
        sa.Column("created_by", sa.Integer()), sa.Column("changed_by", sa.Integer()), sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False), sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["created_by"], ["ab_user.id"], name=f"fk_{table}_created_by_ab_user"),
        sa.ForeignKeyConstraint(["changed_by"], ["ab_user.id"], name=f"fk_{table}_changed_by_ab_user"),
        sa.ForeignKeyConstraint(["org_id"], ["organisation.id"], name=f"fk_{table}_org_id_organisation"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    )  # fmt: skip
    op.create_index(f"ix_{table}_org_id", table, ["org_id"])
