"""The audit log says more, can only be added to, and is sealed in a chain

The serving role still cannot read the log: two functions give it the events that its organisation may see.

Revision: 0010, after 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0008"
branch_labels = None
depends_on = None

APPEND_ONLY = ("audit_event", "audit_event_client", "audit_seal", "audit_sealed_event")
FUNCTIONS = (
    "audit_events_seen(text, text, timestamptz, timestamptz, text, integer)", "audit_controller_of(text)",
)  # fmt: skip
_MOMENT = sa.DateTime(timezone=True)


def _columns() -> list[sa.Column]:
    return [
        sa.Column("outcome", sa.String(20), nullable=False, server_default="DONE"),
        sa.Column("row_version", sa.Integer(), nullable=True),
        sa.Column("criteria", sa.String(300), nullable=True),
        sa.Column("hits", sa.Integer(), nullable=True),
        sa.Column("mark", sa.String(40), nullable=True),
    ]  # fmt: skip


def upgrade() -> None:
    for column in _columns():
        op.add_column("audit_event", column)
    op.create_index("ix_audit_event_organisation_id", "audit_event", ["organisation_id", "at"])
    op.create_table(
        "audit_seal",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("covers_until", _MOMENT, nullable=False),
        sa.Column("first_place", sa.BigInteger(), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("has_marks", sa.Boolean(), nullable=False),
        sa.Column("root", sa.String(64), nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("mac", sa.String(72), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_audit_seal"),
    )
    op.create_table(
        "audit_sealed_event",
        sa.Column("event_id", sa.String(36), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("event_id", name="pk_audit_sealed_event"),
    )
    op.create_index("uq_audit_sealed_event_place", "audit_sealed_event", ["place"], unique=True)
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_head"),
    )
    op.execute("INSERT INTO audit_head (id, number) VALUES (1, 0)")
    if op.get_bind().dialect.name == "postgresql":
        _guard_postgresql()
        _grant()
        _functions()
    else:
        for table in APPEND_ONLY:
            for act in ("UPDATE", "DELETE"):
                op.execute(f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                           "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END")  # fmt: skip


def _guard_postgresql() -> None:
    """Refuse every change to everybody, the owner too; a statement that would touch no row is refused as well."""
    op.execute("""CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'the audit log is append-only' USING ERRCODE = 'insufficient_privilege'; END $$""")
    for table in APPEND_ONLY:
        op.execute(f"""CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only()""")


def _grant() -> None:
    """Let the keeper of the log seal it, leave an event of its own reading, and name who acted."""
    op.execute("GRANT SELECT, INSERT ON audit_seal, audit_sealed_event TO koto_audit")
    op.execute("GRANT SELECT, UPDATE ON audit_head TO koto_audit")
    op.execute("GRANT INSERT ON audit_event, audit_event_client TO koto_audit")
    op.execute("GRANT SELECT ON organisation TO koto_audit")
    op.execute("GRANT SELECT (id, first_name, last_name) ON ab_user TO koto_audit")


def _functions() -> None:
    """Both run with the owner's rights, so what they give is narrowed inside them."""
    narrowed = "STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp"
    op.execute(f"""CREATE FUNCTION audit_controller_of(client text) RETURNS text LANGUAGE sql {narrowed} AS $$
        SELECT m.organisation_id FROM public.client_membership m WHERE m.client_id = client AND m.is_owner
            AND m.valid_from <= CURRENT_DATE AND (m.valid_to IS NULL OR m.valid_to >= CURRENT_DATE) LIMIT 1 $$""")
    page = """e.at >= first AND e.at < last AND (after IS NULL OR (e.at, e.id) < (SELECT a.at, a.id FROM public.audit_event a WHERE a.id = after))
            ORDER BY e.at DESC, e.id DESC LIMIT most"""
    op.execute(f"""CREATE FUNCTION audit_events_seen(organisation text, client text, first timestamptz, last timestamptz,
            after text, most integer) RETURNS SETOF public.audit_event LANGUAGE plpgsql {narrowed} AS $$
        BEGIN
            IF client IS NULL THEN
                RETURN QUERY SELECT e.* FROM public.audit_event e WHERE e.organisation_id = organisation AND {page};
            ELSIF public.audit_controller_of(client) = organisation THEN
                RETURN QUERY SELECT e.* FROM public.audit_event_client c JOIN public.audit_event e ON e.id = c.event_id
                    WHERE c.client_id = client AND {page};
            END IF;
        END $$""")
    for function in FUNCTIONS:
        op.execute(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {function} TO koto_app, koto_audit")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for function in FUNCTIONS:
            op.execute(f"DROP FUNCTION {function}")
        op.execute("REVOKE INSERT ON audit_event, audit_event_client FROM koto_audit")
        op.execute("REVOKE SELECT ON organisation FROM koto_audit")
        op.execute("REVOKE SELECT (id, first_name, last_name) ON ab_user FROM koto_audit")
        for table in APPEND_ONLY:
            op.execute(f"DROP TRIGGER {table}_append_only ON {table}")
        op.execute("DROP FUNCTION audit_append_only()")
    else:
        for table in APPEND_ONLY:
            for act in ("update", "delete"):
                op.execute(f"DROP TRIGGER {table}_no_{act}")
    for table in ("audit_head", "audit_sealed_event", "audit_seal"):
        op.drop_table(table)
    op.drop_index("ix_audit_event_organisation_id", "audit_event")
    # SQLite drops a column in place; a batch would make the table anew under the rows that refer to it.
    for column in _columns():
        op.execute(f"ALTER TABLE audit_event DROP COLUMN {column.name}")
