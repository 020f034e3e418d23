"""Row-level security on PostgreSQL: the second wall below the application's own scope

Roles: the owner of the tables migrates and loads; `koto_app` serves requests and sees the rows of the organisation in
`koto.organisation` only; `koto_audit` reads the log. FORCE binds the owner too, who gets a policy of its own.

Revision: 0002, after 0001
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# A migration tells what was true when it was written, so the tables stand here and are not read from the models.
BY_CLIENT = (
    "residence_basis", "language_skill", "education_record", "work_record", "family_link", "note", "assessment",
    "interview_section", "integration_plan", "goal", "planned_service",
)  # fmt: skip
SCOPED = ("client", "client_membership", *BY_CLIENT)
OPEN_TO_READ = ("organisation", "ab_permission", "ab_view_menu", "ab_permission_view", "ab_role", "ab_permission_view_role", "alembic_version")
OWN_TABLES = ("ab_user", "ab_user_role", "user_profile", "access_grant", "user_session", "search_memo")

_ORGANISATION = "current_setting('koto.organisation', true)"


def _member(key: str, *, owner: bool) -> str:
    """Give the condition of a policy; a correlated EXISTS, since an IN reads every membership of the organisation."""
    return f"""EXISTS (SELECT 1 FROM client_membership m WHERE m.client_id = {key} AND m.organisation_id = {_ORGANISATION}
        AND m.valid_from <= CURRENT_DATE AND (m.valid_to IS NULL OR m.valid_to >= CURRENT_DATE){' AND m.is_owner' if owner else ''})"""


def _is_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def upgrade() -> None:
    if not _is_postgresql():
        return
    for role in ("koto_app", "koto_audit"):
        op.execute(f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN CREATE ROLE {role} NOLOGIN; END IF; END $$")
    op.execute("GRANT USAGE ON SCHEMA public TO koto_app, koto_audit")
    op.execute("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO koto_app")
    for table in (*SCOPED, *OWN_TABLES):
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO koto_app")
    for table in OPEN_TO_READ:
        op.execute(f"GRANT SELECT ON {table} TO koto_app")
    op.execute("GRANT INSERT ON audit_event, audit_event_client TO koto_app")
    op.execute("GRANT SELECT ON audit_event, audit_event_client TO koto_audit")
    for table in SCOPED:
        key = f"{table}.id" if table == "client" else f"{table}.client_id"
        visible, owned = _member(key, owner=False), _member(key, owner=True)
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY owner_all ON {table} TO CURRENT_USER USING (true) WITH CHECK (true)")
        if table == "client_membership":
            mine = f"organisation_id = {_ORGANISATION}"
            op.execute(f"CREATE POLICY app_read ON {table} FOR SELECT TO koto_app USING ({mine})")
            op.execute(f"CREATE POLICY app_add ON {table} FOR INSERT TO koto_app WITH CHECK ({mine} AND is_owner)")
            continue
        op.execute(f"CREATE POLICY app_read ON {table} FOR SELECT TO koto_app USING ({visible})")
        check = f"org_id = {_ORGANISATION}" if table == "client" else owned
        op.execute(f"CREATE POLICY app_add ON {table} FOR INSERT TO koto_app WITH CHECK ({check})")
        op.execute(f"CREATE POLICY app_change ON {table} FOR UPDATE TO koto_app USING ({owned}) WITH CHECK ({owned})")
        op.execute(f"CREATE POLICY app_remove ON {table} FOR DELETE TO koto_app USING ({owned})")


def downgrade() -> None:
    if not _is_postgresql():
        return
    for table in SCOPED:
        for policy in ("owner_all", "app_read", "app_add", "app_change", "app_remove"):
            op.execute(f"DROP POLICY IF EXISTS {policy} ON {table}")
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
    for table in (*SCOPED, *OWN_TABLES, *OPEN_TO_READ, "audit_event", "audit_event_client"):
        op.execute(f"REVOKE ALL ON {table} FROM koto_app, koto_audit")
    op.execute("REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM koto_app")
    op.execute("REVOKE USAGE ON SCHEMA public FROM koto_app, koto_audit")
