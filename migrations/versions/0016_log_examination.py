"""Examination of the log: rules, findings with their readings and their history

On PostgreSQL the keeper of the log runs the rules. It gets what they compare through functions, since it sees no
client: names only of clients who share the reader's family name, of addresses only whether they are the same.

Revision: 0016, after 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

NEW = ("log_finding_event", "log_finding_reading", "log_finding", "log_rule")
FUNCTIONS = ("audit_readings(timestamptz, timestamptz)", "audit_tasks(timestamptz, timestamptz)", "audit_same_addresses()")
RIGHT_COLUMNS = "user_id, organisation_id, role, valid_from, valid_to, opened_at, ended_at"
_MOMENT = sa.DateTime(timezone=True)


def _key(table: str, column: str, other: str, **options: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}_{other}", **options)


def upgrade() -> None:
    op.create_table(
        "log_rule",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("look_back_days", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("most_clients", sa.Integer(), nullable=True),
        sa.Column("from_hour", sa.Integer(), nullable=True),
        sa.Column("to_hour", sa.Integer(), nullable=True),
        sa.Column("sample_size", sa.Integer(), nullable=True),
        sa.Column("with_shared", sa.Boolean(), nullable=False),
        sa.Column("seed", sa.String(32), nullable=False),
        sa.Column("examined_to", sa.Date(), nullable=True),
        sa.Column("org_id", sa.String(36), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _key("log_rule", "owner_id", "ab_user"), _key("log_rule", "created_by", "ab_user"), _key("log_rule", "changed_by", "ab_user"),
        _key("log_rule", "org_id", "organisation"),
        sa.PrimaryKeyConstraint("id", name="pk_log_rule"),
    )
    op.create_index("ix_log_rule_org_id", "log_rule", ["org_id"])
    op.create_table(
        "log_finding",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("rule_id", sa.String(36), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("org_id", sa.String(36), nullable=False),
        sa.Column("concerns_id", sa.String(36), nullable=False),
        sa.Column("reported_by_id", sa.String(36), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("reader_org_id", sa.String(36), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("readings", sa.Integer(), nullable=False),
        sa.Column("clients", sa.Integer(), nullable=False),
        sa.Column("seed", sa.String(60), nullable=True),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("examiner_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", _MOMENT, nullable=True),
        sa.Column("question", sa.LargeBinary(), nullable=True),
        sa.Column("explained_at", _MOMENT, nullable=True),
        sa.Column("explanation", sa.LargeBinary(), nullable=True),
        sa.Column("outcome", sa.String(40), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("decided_at", _MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        _key("log_finding", "rule_id", "log_rule"), _key("log_finding", "org_id", "organisation"), _key("log_finding", "concerns_id", "organisation"),
        _key("log_finding", "reported_by_id", "organisation"), _key("log_finding", "reader_org_id", "organisation"),
        _key("log_finding", "user_id", "ab_user"), _key("log_finding", "examiner_id", "ab_user"),
        sa.PrimaryKeyConstraint("id", name="pk_log_finding"),
        sa.UniqueConstraint("rule_id", "user_id", "day", name="uq_log_finding_rule_id_user_id_day"),
    )
    op.create_index("ix_log_finding_org_id_state", "log_finding", ["org_id", "state"])
    op.create_index("ix_log_finding_user_id_state", "log_finding", ["user_id", "state"])
    op.create_index("ix_log_finding_reported_by_id", "log_finding", ["reported_by_id"])
    op.create_table(
        "log_finding_reading",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("finding_id", sa.String(36), nullable=False),
        sa.Column("event_id", sa.String(36), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("client_id", sa.String(36), nullable=True),
        sa.Column("controller_id", sa.String(36), nullable=True),
        _key("log_finding_reading", "finding_id", "log_finding", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_log_finding_reading"),
    )
    op.create_index("ix_log_finding_reading_finding_id", "log_finding_reading", ["finding_id"])
    op.create_table(
        "log_finding_event",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("finding_id", sa.String(36), nullable=False),
        sa.Column("what", sa.String(40), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("by_user_id", sa.Integer(), nullable=True),
        _key("log_finding_event", "finding_id", "log_finding", ondelete="CASCADE"), _key("log_finding_event", "by_user_id", "ab_user"),
        sa.PrimaryKeyConstraint("id", name="pk_log_finding_event"),
    )
    op.create_index("ix_log_finding_event_finding_id", "log_finding_event", ["finding_id"])
    if op.get_bind().dialect.name == "postgresql":
        _grant()
        _functions()


def _grant() -> None:
    """Let those who serve examine what was found, and the keeper of the log find it; nobody takes a finding away."""
    op.execute("GRANT SELECT, INSERT, UPDATE ON log_rule TO koto_app")
    op.execute("GRANT SELECT, UPDATE ON log_finding TO koto_app")
    op.execute("GRANT SELECT ON log_finding_reading TO koto_app")
    op.execute("GRANT SELECT, INSERT ON log_finding_event TO koto_app")
    op.execute("GRANT SELECT, UPDATE (examined_to) ON log_rule TO koto_audit")
    op.execute("GRANT SELECT, INSERT ON log_finding TO koto_audit")
    op.execute("GRANT INSERT ON log_finding_reading, log_finding_event TO koto_audit")
    op.execute(f"GRANT SELECT ({RIGHT_COLUMNS}) ON access_grant TO koto_audit")


def _functions() -> None:
    """They run with the owner's rights, so what they give is narrowed inside them."""
    narrowed = "LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp"
    op.execute(f"""CREATE FUNCTION audit_readings(first timestamptz, last timestamptz) RETURNS TABLE (
            event_id varchar, at timestamptz, name varchar, user_id integer, role varchar, organisation_id varchar, client_id varchar,
            reader_given varchar, reader_family varchar, client_family varchar, client_given varchar, client_call varchar,
            is_protected boolean, responsible_id integer, controller_id varchar, is_shared boolean) {narrowed} AS $$
        SELECT e.id, e.at, e.name, e.user_id, e.role, e.organisation_id, t.client_id, u.first_name, u.last_name,
            CASE WHEN lower(c.family_name) = lower(u.last_name) THEN c.family_name END,
            CASE WHEN lower(c.family_name) = lower(u.last_name) THEN c.given_names END,
            CASE WHEN lower(c.family_name) = lower(u.last_name) THEN c.call_name END,
            COALESCE(c.non_disclosure, false), c.responsible_worker_id, m.organisation_id,
            EXISTS (SELECT FROM public.client_membership s WHERE s.client_id = t.client_id AND s.organisation_id = e.organisation_id
                AND NOT s.is_owner AND s.valid_from <= e.at::date AND (s.valid_to IS NULL OR s.valid_to >= e.at::date))
        FROM public.audit_event e
        JOIN public.ab_user u ON u.id = e.user_id
        LEFT JOIN public.audit_event_client t ON t.event_id = e.id AND split_part(e.name, ':', 2) NOT IN ('listed', 'searched')
        LEFT JOIN public.client c ON c.id = t.client_id
        LEFT JOIN public.client_membership m ON m.client_id = t.client_id AND m.is_owner
            AND m.valid_from <= e.at::date AND (m.valid_to IS NULL OR m.valid_to >= e.at::date)
        WHERE e.at >= first AND e.at < last AND e.outcome = 'DONE' $$""")
    rows = " UNION ALL ".join(
        f"""SELECT created_by, client_id, created_at FROM public.{table} WHERE created_at >= first AND created_at < last
        UNION ALL SELECT changed_by, client_id, changed_at FROM public.{table} WHERE changed_at >= first AND changed_at < last"""
        for table in ("assessment", "integration_plan", "plan_review", "note")
    )
    op.execute(f"""CREATE FUNCTION audit_tasks(first timestamptz, last timestamptz)
            RETURNS TABLE (user_id integer, client_id varchar, at timestamptz) {narrowed} AS $$
        SELECT e.user_id, t.client_id, e.at FROM public.audit_event e JOIN public.audit_event_client t ON t.event_id = e.id
        WHERE e.at >= first AND e.at < last AND e.outcome = 'DONE' AND e.user_id IS NOT NULL AND split_part(e.name, ':', 2) IN
            ('added', 'agreed', 'changed', 'completed', 'deleted', 'interview_written', 'review_planned', 'taken')
        UNION ALL SELECT r.* FROM ({rows}) r WHERE r.created_by IS NOT NULL $$""")
    op.execute(f"""CREATE FUNCTION audit_same_addresses() RETURNS TABLE (user_id integer, client_id varchar) {narrowed} AS $$
        SELECT DISTINCT u.id, c.id
        FROM public.ab_user u JOIN public.client o ON lower(o.family_name) = lower(u.last_name)
        JOIN public.client c ON c.street_address = o.street_address AND c.id <> o.id AND c.postal_code IS NOT DISTINCT FROM o.postal_code
        WHERE lower(o.call_name) = lower(u.first_name) OR lower(u.first_name) = ANY (string_to_array(lower(o.given_names), ' ')) $$""")
    for function in FUNCTIONS:
        op.execute(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {function} TO koto_audit")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for function in FUNCTIONS:
            op.execute(f"DROP FUNCTION {function}")
        op.execute(f"REVOKE SELECT ({RIGHT_COLUMNS}) ON access_grant FROM koto_audit")
    for table in NEW:
        op.drop_table(table)
