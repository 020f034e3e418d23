"""A function by which the serving role renews the planner's statistics

Only a table's owner may analyse it, and a move that brings a municipality in cannot wait for the server to do so by itself: until then
each statement about some clients goes through all of them.

Revision: 0049, after 0041
"""

from alembic import op

revision = "0049"
down_revision = "0041"
branch_labels = None
depends_on = None

_FUNCTION = """
CREATE FUNCTION koto_analyze() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE one regclass;
BEGIN
    FOR one IN SELECT oid FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND pg_get_userbyid(relowner) = current_user LOOP
        EXECUTE format('ANALYZE %s', one);
    END LOOP;
END $$
"""


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_FUNCTION)
        op.execute("REVOKE ALL ON FUNCTION koto_analyze() FROM PUBLIC")
        op.execute("GRANT EXECUTE ON FUNCTION koto_analyze() TO koto_app")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION koto_analyze()")
