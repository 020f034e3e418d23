"""The life of a right: applications, opening, end, history; and the outbox of letters

Revision: 0008, after 0007
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_UNIQUE = "uq_access_grant_user_id_organisation_id_role_valid_from"
_COLUMNS = (
    ("application_id", sa.String(36)), ("grantor_id", sa.String(36)), ("task", sa.String(300)), ("granted_by", sa.Integer()),
    ("opened_at", sa.DateTime(timezone=True)), ("confirmed_on", sa.Date()), ("last_used_on", sa.Date()),
    ("ended_at", sa.DateTime(timezone=True)), ("end_reason", sa.String(40)),
)  # fmt: skip
_KEYS = (("application_id", "right_application"), ("grantor_id", "organisation"), ("granted_by", "ab_user"))
NEW = ("right_event", "right_application", "outgoing_mail")


@contextmanager
def _altered(name: str) -> Iterator[Any]:
    """Alter a table; SQLite makes it anew and says that it cannot read an index of `ab_user`, which is left alone."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Skipped unsupported reflection of expression-based index", sa.exc.SAWarning)
        with op.batch_alter_table(name) as table:
            yield table


def _create_tables() -> None:
    op.create_table(
        "right_application",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.String(36), nullable=False),
        sa.Column("grantor_id", sa.String(36), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("task", sa.String(300), nullable=False),
        sa.Column("basis", sa.String(40), nullable=False),
        sa.Column("reason", sa.String(1000), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("email", sa.LargeBinary(), nullable=True),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("training_done_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_reason", sa.String(500), nullable=True),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name="fk_right_application_user_id_ab_user"),
        sa.ForeignKeyConstraint(["decided_by"], ["ab_user.id"], name="fk_right_application_decided_by_ab_user"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_right_application_organisation_id_organisation"),
        sa.ForeignKeyConstraint(["grantor_id"], ["organisation.id"], name="fk_right_application_grantor_id_organisation"),
        sa.PrimaryKeyConstraint("id", name="pk_right_application"),
    )
    op.create_index("ix_right_application_user_id", "right_application", ["user_id"])
    op.create_index("ix_right_application_grantor_id_state", "right_application", ["grantor_id", "state"])
    op.create_table(
        "right_event",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("application_id", sa.String(36), nullable=True),
        sa.Column("grant_id", sa.String(36), nullable=True),
        sa.Column("what", sa.String(40), nullable=False),
        sa.Column("note", sa.String(500), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["application_id"], ["right_application.id"], name="fk_right_event_application_id_right_application"),
        sa.ForeignKeyConstraint(["grant_id"], ["access_grant.id"], name="fk_right_event_grant_id_access_grant"),
        sa.ForeignKeyConstraint(["by_user_id"], ["ab_user.id"], name="fk_right_event_by_user_id_ab_user"),
        sa.PrimaryKeyConstraint("id", name="pk_right_event"),
    )
    op.create_index("ix_right_event_application_id", "right_event", ["application_id"])
    op.create_index("ix_right_event_grant_id", "right_event", ["grant_id"])
    op.create_table(
        "outgoing_mail",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("receiver", sa.LargeBinary(), nullable=True),
        sa.Column("subject", sa.LargeBinary(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_fault", sa.String(60), nullable=True),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_outgoing_mail"),
    )
    op.create_index("ix_outgoing_mail_user_id", "outgoing_mail", ["user_id"])
    op.create_index("ix_outgoing_mail_state_next_try_at", "outgoing_mail", ["state", "next_try_at"])


def upgrade() -> None:
    _create_tables()
    op.add_column("user_profile", sa.Column("email", sa.LargeBinary(), nullable=True))
    with _altered("access_grant") as grant:
        grant.drop_constraint(_UNIQUE, type_="unique")
        for name, kind in _COLUMNS:
            grant.add_column(sa.Column(name, kind, nullable=True))
        for name, other in _KEYS:
            grant.create_foreign_key(f"fk_access_grant_{name}_{other}", other, [name], ["id"])
    op.create_index("ix_access_grant_application_id", "access_grant", ["application_id"])
    op.create_index("ix_access_grant_grantor_id", "access_grant", ["grantor_id"])
    not_ended = sa.text("ended_at IS NULL")
    op.create_index("uq_access_grant_not_ended", "access_grant", ["user_id", "organisation_id", "role", "valid_from"], unique=True,
                    postgresql_where=not_ended, sqlite_where=not_ended)  # fmt: skip
    # Rights from before the opening was a step of its own are open.
    op.execute("UPDATE access_grant SET opened_at = CURRENT_TIMESTAMP")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("GRANT SELECT, INSERT, UPDATE ON right_application, outgoing_mail TO koto_app")
        op.execute("GRANT SELECT, INSERT ON right_event TO koto_app")


def downgrade() -> None:
    for name in ("uq_access_grant_not_ended", "ix_access_grant_grantor_id", "ix_access_grant_application_id"):
        op.drop_index(name, "access_grant")
    # The earlier table knows no end but that of the period: what has ended stays ended.
    op.execute("UPDATE access_grant SET valid_to = valid_from WHERE ended_at IS NOT NULL OR opened_at IS NULL")
    with _altered("access_grant") as grant:
        for name, other in _KEYS:
            grant.drop_constraint(f"fk_access_grant_{name}_{other}", type_="foreignkey")
        for name, _kind in _COLUMNS:
            grant.drop_column(name)
        grant.create_unique_constraint(_UNIQUE, ["user_id", "organisation_id", "role", "valid_from"])
    with _altered("user_profile") as profile:
        profile.drop_column("email")
    for table in NEW:
        op.drop_table(table)
