"""The same person twice: pairs inside one register, the question between two, and moving a client's rows to another record

Three functions reach beyond the reader's rows, each narrowed to what the controller that asks owns: one opens the question
on both sides and tells nothing of whom it found, one tells the other side the answer, one moves rows between two own clients.

Revision: 0024, after 0030
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0030"
branch_labels = None
depends_on = None

TABLES = ("client_merge", "duplicate_case")
_ORGANISATION = "current_setting('koto.organisation', true)"
_MOMENT = sa.DateTime(timezone=True)
_FUNCTIONS = ("open_duplicate_cases(text, text, text, date)", "tell_duplicate_case(text)", "move_client_rows(text, text, text, text[])")
_SAFE = "SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp"


def _key(table: str, name: str, to: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([name], [f"{to}.id"], name=f"fk_{table}_{name}_{to}", ondelete=ondelete)


def _recorded(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("org_id", sa.String(36), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *(_key(table, name, to) for name, to in (("org_id", "organisation"), ("created_by", "ab_user"), ("changed_by", "ab_user"))),
        _key(table, "client_id", "client", "CASCADE"), sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    ]  # fmt: skip


def _member(key: str, *, owner: bool) -> str:
    return f"""EXISTS (SELECT 1 FROM client_membership m WHERE m.client_id = {key} AND m.organisation_id = {_ORGANISATION}
        AND m.valid_from <= CURRENT_DATE AND (m.valid_to IS NULL OR m.valid_to >= CURRENT_DATE){' AND m.is_owner' if owner else ''})"""


def _protect() -> None:
    for table in TABLES:
        owned = _member(f"{table}.client_id", owner=True)
        # Both records of a pair are the writer's own.
        both = f"{owned} AND {_member('client_merge.other_id', owner=True)}" if table == "client_merge" else owned
        # A question is the controller's own matter: an organisation with which the client is shared reads none.
        op.execute(f"GRANT SELECT, INSERT, UPDATE ON {table} TO koto_app")
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY owner_all ON {table} TO CURRENT_USER USING (true) WITH CHECK (true)")
        op.execute(f"CREATE POLICY app_read ON {table} FOR SELECT TO koto_app USING ({owned})")
        op.execute(f"CREATE POLICY app_add ON {table} FOR INSERT TO koto_app WITH CHECK ({both})")
        op.execute(f"CREATE POLICY app_change ON {table} FOR UPDATE TO koto_app USING ({owned}) WITH CHECK ({both})")
        op.execute(f"""CREATE POLICY app_profile ON {table} AS RESTRICTIVE FOR SELECT TO koto_app
            USING ((SELECT current_setting('koto.participant', true)) IS DISTINCT FROM 'yes' OR false)""")


def _reach_beyond() -> None:
    op.execute(f"""CREATE FUNCTION open_duplicate_cases(own_id text, family text, given text, due date) RETURNS void LANGUAGE sql {_SAFE} AS $$
        -- Of two who make the person at the same moment the second waits here, and then finds the first.
        SELECT pg_advisory_xact_lock(hashtextextended('open_duplicate_cases ' || own.birth_date, 0)) FROM public.client own WHERE own.id = $1;
        WITH found AS (
            SELECT own.id AS own_id, own.org_id AS own_org, other.id AS other_id, other.org_id AS other_org,
                least(own.id COLLATE "C", other.id COLLATE "C") || ':' || greatest(own.id COLLATE "C", other.id COLLATE "C") AS pair
            FROM public.client own JOIN public.client other ON other.org_id <> own.org_id AND other.merged_into_id IS NULL
                AND (other.identity_code_digest = own.identity_code_digest
                    OR (other.birth_date = own.birth_date AND strpos(' ' || other.search_name || ' ', ' ' || $2 || ' ') > 0
                        AND strpos(' ' || other.search_name || ' ', ' ' || $3 || ' ') > 0
                        AND (own.identity_code_digest IS NULL OR other.identity_code_digest IS NULL)))
            WHERE own.id = $1 AND own.org_id = {_ORGANISATION}
        ), fresh AS (SELECT * FROM found WHERE pair NOT IN (SELECT pair_key FROM public.duplicate_case))
        INSERT INTO public.duplicate_case (id, pair_key, client_id, org_id, answer_due, created_at, changed_at, version)
        SELECT gen_random_uuid()::text, pair, own_id, own_org, $4, now(), now(), 1 FROM fresh
        UNION ALL SELECT gen_random_uuid()::text, pair, other_id, other_org, $4, now(), now(), 1 FROM fresh $$""")
    op.execute(f"""CREATE FUNCTION tell_duplicate_case(case_id text) RETURNS void LANGUAGE sql {_SAFE} AS $$
        UPDATE public.duplicate_case other SET other_answer = own.answer, other_keeps = own.keeps FROM public.duplicate_case own
            WHERE own.id = $1 AND own.org_id = {_ORGANISATION} AND other.pair_key = own.pair_key AND other.id <> own.id $$""")
    op.execute(f"""CREATE FUNCTION move_client_rows(tab text, source text, target text, keys text[]) RETURNS TABLE (id text) LANGUAGE plpgsql {_SAFE} AS $$
        BEGIN
            IF (SELECT count(*) FROM public.client c WHERE c.id IN (source, target) AND c.org_id = {_ORGANISATION}) <> 2 THEN
                RAISE EXCEPTION 'rows move between two own clients only' USING ERRCODE = 'insufficient_privilege';
            END IF;
            IF tab = 'client_merge' OR NOT EXISTS (SELECT 1 FROM pg_policies p WHERE p.schemaname = 'public' AND p.tablename = tab AND p.policyname = 'app_read') THEN
                RAISE EXCEPTION 'no table of a client' USING ERRCODE = 'insufficient_privilege';
            END IF;
            RETURN QUERY EXECUTE format('UPDATE public.%I t SET client_id = $2 WHERE t.client_id = $1 AND ($3 IS NULL OR t.id = ANY($3))%s RETURNING t.id::text',
                tab, CASE WHEN tab = 'client_membership' THEN ' AND NOT t.is_owner' ELSE '' END) USING source, target, keys;
        END $$""")
    for signature in _FUNCTIONS:
        op.execute(f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {signature} TO koto_app")


def upgrade() -> None:
    op.add_column("client", sa.Column("merged_into_id", sa.String(36), nullable=True))
    op.create_table(
        "client_merge",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("client_id", sa.String(36), nullable=False),
        sa.Column("other_id", sa.String(36), nullable=False),
        sa.Column("pair_key", sa.String(73), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("before", sa.LargeBinary(), nullable=True),
        sa.Column("merged_at", _MOMENT, nullable=True),
        sa.Column("undone_at", _MOMENT, nullable=True),
        *_recorded("client_merge"), _key("client_merge", "other_id", "client", "CASCADE"),
        sa.UniqueConstraint("pair_key", name="uq_client_merge_pair_key"),
    )  # fmt: skip
    op.create_table(
        "duplicate_case",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("client_id", sa.String(36), nullable=False),
        sa.Column("pair_key", sa.String(73), nullable=False),
        sa.Column("answer_due", sa.Date(), nullable=False),
        sa.Column("answer", sa.String(40), nullable=True),
        sa.Column("keeps", sa.String(40), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("answered_at", _MOMENT, nullable=True),
        sa.Column("other_answer", sa.String(40), nullable=True),
        sa.Column("other_keeps", sa.String(40), nullable=True),
        *_recorded("duplicate_case"), sa.UniqueConstraint("pair_key", "client_id", name="uq_duplicate_case_pair_key_client_id"),
    )  # fmt: skip
    for table, name in (("client_merge", "client_id"), ("client_merge", "other_id"), ("client_merge", "org_id"), ("duplicate_case", "client_id"), ("duplicate_case", "org_id")):
        op.create_index(f"ix_{table}_{name}", table, [name])
    if op.get_bind().dialect.name == "postgresql":
        _protect()
        _reach_beyond()


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for signature in _FUNCTIONS:
            op.execute(f"DROP FUNCTION {signature}")
    for table in reversed(TABLES):
        op.drop_table(table)
    op.drop_column("client", "merged_into_id")
