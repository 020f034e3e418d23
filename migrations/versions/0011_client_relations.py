"""A controller may read who else has to do with its client

The reading policy of memberships shows an organisation its own standing only; who else takes part is told to the
client's controller, by a function that narrows itself.

Revision: 0011, after 0010
"""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_SIGNATURE = "client_relations(text, text)"


def upgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute("""CREATE FUNCTION client_relations(controller text, client text)
        RETURNS TABLE (organisation_id varchar, is_owner boolean, purpose varchar, valid_from date, valid_to date)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
        SELECT m.organisation_id, m.is_owner, m.purpose, m.valid_from, m.valid_to FROM public.client_membership m
            WHERE m.client_id = client AND EXISTS (SELECT 1 FROM public.client_membership o
                WHERE o.client_id = client AND o.is_owner AND o.organisation_id = controller) $$""")
    op.execute(f"REVOKE ALL ON FUNCTION {_SIGNATURE} FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION {_SIGNATURE} TO koto_app")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"DROP FUNCTION {_SIGNATURE}")
