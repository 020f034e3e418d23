"""What the national agency cares for: changes of organisations, edits of code lists, and how each organisation uses the service

None of it names a client, so no policy narrows it; who may read and write it is decided by the views.

Revision: 0055, after 0042
"""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0053"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_TABLES = ("reference_edition", "code_edit", "organisation_change", "organisation_use")


def _key(table: str, name: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([name], [f"{to}.id"], name=f"fk_{table}_{name}_{to}")


def _recorded(table: str) -> list:
    return [
        sa.Column("org_id", sa.String(36), nullable=False), sa.Column("created_by", sa.Integer()), sa.Column("changed_by", sa.Integer()),
        sa.Column("created_at", _MOMENT, nullable=False), sa.Column("changed_at", _MOMENT, nullable=False), sa.Column("version", sa.Integer(), nullable=False),
        _key(table, "org_id", "organisation"), _key(table, "created_by", "ab_user"), _key(table, "changed_by", "ab_user"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    ]  # fmt: skip


def _text(name: str, length: int, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.String(length), nullable=nullable)


def upgrade() -> None:
    op.add_column("organisation", sa.Column("edited", sa.String(200)))
    op.create_table(
        "reference_edition", sa.Column("id", sa.Integer(), nullable=False, autoincrement=False), sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reference_edition"),
    )  # fmt: skip
    op.create_table(
        "code_edit",
        _text("id", 36), _text("list_name", 40), _text("code", 40), _text("deed", 40), _text("name_fi", 200), _text("name_sv", 200),
        sa.Column("valid_from", sa.Date(), nullable=False), sa.Column("valid_to", sa.Date()), _text("reason", 300, nullable=True), *_recorded("code_edit"),
    )  # fmt: skip
    op.create_index("ix_code_edit_org_id", "code_edit", ["org_id"])
    op.create_index("ix_code_edit_value", "code_edit", ["list_name", "code", "created_at"])
    op.create_table(
        "organisation_change",
        _text("id", 36), _text("organisation_id", 36), _text("kind", 40), _text("state", 40), sa.Column("takes_effect_on", sa.Date(), nullable=False),
        _text("successor_id", 36, nullable=True), *(_text(name, 120, nullable=True) for name in ("name_fi", "name_sv", "former_fi", "former_sv")),
        _text("reason", 300, nullable=True), sa.Column("done_at", _MOMENT), sa.Column("counted_at", _MOMENT), sa.Column("counted", sa.Text()),
        sa.Column("shared_persons", sa.Integer()), *_recorded("organisation_change"),
        _key("organisation_change", "organisation_id", "organisation"), _key("organisation_change", "successor_id", "organisation"),
    )  # fmt: skip
    for name, columns in (("organisation_id", ["organisation_id", "created_at"]), ("org_id", ["org_id"]), ("state", ["state", "takes_effect_on"])):
        op.create_index(f"ix_organisation_change_{name}", "organisation_change", columns)
    op.create_table(
        "organisation_use",
        _text("id", 36), _text("organisation_id", 36), _text("name_fi", 120), _text("name_sv", 120), _text("kind", 40), _text("month", 7),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("rights", "active_30", "active_90", "clients", "plans", "imports", "stored_bytes")),
        sa.Column("counted_on", sa.Date(), nullable=False), sa.Column("counted_at", _MOMENT, nullable=False), _key("organisation_use", "organisation_id", "organisation"),
        sa.PrimaryKeyConstraint("id", name="pk_organisation_use"),
        sa.UniqueConstraint("organisation_id", "month", name="uq_organisation_use_organisation_id_month"),
    )  # fmt: skip
    op.create_index("ix_organisation_use_counted_on", "organisation_use", ["counted_on", "name_fi"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {', '.join(_TABLES)} TO koto_app")
        op.execute("GRANT INSERT, UPDATE ON organisation TO koto_app")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("REVOKE INSERT, UPDATE ON organisation FROM koto_app")
    for table in reversed(_TABLES):
        op.drop_table(table)
    # In place: other tables point at this one.
    op.execute("ALTER TABLE organisation DROP COLUMN edited")
