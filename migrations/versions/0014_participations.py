"""A county takes part by invitation: invitations, the county's statements, and memberships that rest on an invitation

A membership of a county without an invitation is taken away: from now on there is none. The controller may make and end
a membership of another organisation, but only as its own invitation says; the invited organisation may answer the
invitation and write statements under it, and change nothing else.

Revision: 0014, after 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

TABLES = ("participation", "county_statement")
# Section → the profiles that show it, as of this migration; a participant sees no row of a table without a profile.
_GOALS = ("PLAN_PART", "REVIEW_PART", "PLAN_AND_REVIEW_PART")
_REVIEWS, _SKILLS = _GOALS[1:], ("ASSESSMENT_PART", "PLAN_PART", "PLAN_AND_REVIEW_PART")
SHOWN_BY = {
    "assessment": ("ASSESSMENT_PART",), "interview_section": ("ASSESSMENT_PART",), "language_skill": _SKILLS,
    "integration_plan": _GOALS, "goal": _GOALS, "planned_service": _GOALS,
    "plan_review": _REVIEWS, "reviewed_goal": _REVIEWS, "hindrance": _REVIEWS,
    "residence_basis": (), "education_record": (), "work_record": (), "family_link": (), "note": (), "client_reminder": (),
}  # fmt: skip
_SECTIONS = {"interview_section": " AND interview_section.section IN ('NEED_OF_PLAN', 'LIFE_SITUATION', 'OTHER_NEEDS')"}
_ORGANISATION = "current_setting('koto.organisation', true)"
_ANSWER = "ARRAY['accepted_at', 'accepted_by', 'ended_at', 'ended_by', 'ended_how', 'end_reason', 'changed_at', 'changed_by', 'version']"
_MOMENT = sa.DateTime(timezone=True)


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


def _key(table: str, name: str, to: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([name], [f"{to}.id"], name=f"fk_{table}_{name}_{to}", ondelete=ondelete)


def _member(table: str, *, owner: bool) -> str:
    return f"""EXISTS (SELECT 1 FROM client_membership m WHERE m.client_id = {table}.client_id AND m.organisation_id = {_ORGANISATION}
        AND m.valid_from <= CURRENT_DATE AND (m.valid_to IS NULL OR m.valid_to >= CURRENT_DATE){' AND m.is_owner' if owner else ''})"""


def _index_memberships(**options: list[str]) -> None:
    """Make the index that answers who sees which client; with the columns of the reading policy it answers without the table."""
    op.drop_index("ix_client_membership_organisation", "client_membership")
    op.create_index("ix_client_membership_organisation", "client_membership", ["organisation_id", "client_id", "valid_from", "valid_to"], **options)


def _protect() -> None:
    for table in TABLES:
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO koto_app")
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY owner_all ON {table} TO CURRENT_USER USING (true) WITH CHECK (true)")
    owned, visible = _member("participation", owner=True), _member("participation", owner=False)
    invited = f"participation.organisation_id = {_ORGANISATION} AND {visible}"
    op.execute(f"CREATE POLICY app_read ON participation FOR SELECT TO koto_app USING ({owned} OR {invited})")
    op.execute(f"CREATE POLICY app_add ON participation FOR INSERT TO koto_app WITH CHECK ({owned} AND org_id = {_ORGANISATION})")
    op.execute(f"CREATE POLICY app_change ON participation FOR UPDATE TO koto_app USING ({owned} OR {invited}) WITH CHECK ({owned} OR {invited})")
    own = f"""EXISTS (SELECT 1 FROM participation p WHERE p.id = county_statement.participation_id AND p.client_id = county_statement.client_id
        AND p.organisation_id = {_ORGANISATION} AND p.accepted_at IS NOT NULL AND p.ended_at IS NULL"""
    owned = _member("county_statement", owner=True)
    op.execute(f"CREATE POLICY app_read ON county_statement FOR SELECT TO koto_app USING ({owned} OR {own}))")
    op.execute(f"CREATE POLICY app_add ON county_statement FOR INSERT TO koto_app WITH CHECK ({own} AND p.may_contribute AND p.valid_to >= CURRENT_DATE))")


def _let_share() -> None:
    """Let the controller make and end the memberships that its invitations give, and the participant give its own up."""
    op.execute("DROP POLICY app_read ON client_membership")
    op.execute(f"CREATE POLICY app_read ON client_membership FOR SELECT TO koto_app USING (organisation_id = {_ORGANISATION} OR shared_by_id = {_ORGANISATION})")
    op.execute(f"""CREATE POLICY app_share ON client_membership FOR INSERT TO koto_app WITH CHECK (
        NOT is_owner AND shared_by_id = {_ORGANISATION}
        AND EXISTS (SELECT 1 FROM client c WHERE c.id = client_membership.client_id AND c.org_id = {_ORGANISATION})
        AND EXISTS (SELECT 1 FROM participation p WHERE p.id = client_membership.participation_id AND p.client_id = client_membership.client_id
            AND p.organisation_id = client_membership.organisation_id AND p.org_id = {_ORGANISATION} AND p.purpose = client_membership.purpose
            AND p.ended_at IS NULL AND p.valid_to = client_membership.valid_to))""")
    op.execute(f"""CREATE POLICY app_unshare ON client_membership FOR DELETE TO koto_app USING (
        NOT is_owner AND participation_id IS NOT NULL AND (shared_by_id = {_ORGANISATION} OR organisation_id = {_ORGANISATION}))""")


def _show_by_profile() -> None:
    """Bind a participant to the sections of its profiles; everybody else passes by a question asked once a statement."""
    for table, profiles in SHOWN_BY.items():
        names = ", ".join(f"'{name}'" for name in profiles)
        shown = f"""EXISTS (SELECT 1 FROM client_membership m JOIN participation p ON p.id = m.participation_id
            WHERE m.client_id = {table}.client_id AND m.organisation_id = {_ORGANISATION} AND m.valid_from <= CURRENT_DATE AND m.valid_to >= CURRENT_DATE
            AND p.accepted_at IS NOT NULL AND p.ended_at IS NULL AND p.profile IN ({names})){_SECTIONS.get(table, '')}""" if profiles else "false"
        op.execute(f"""CREATE POLICY app_profile ON {table} AS RESTRICTIVE FOR SELECT TO koto_app
            USING ((SELECT current_setting('koto.participant', true)) IS DISTINCT FROM 'yes' OR {shown})""")


def _let_answer_only() -> None:
    """Keep an invited organisation from changing its own invitation: a policy binds rows, not columns."""
    op.execute(f"""CREATE FUNCTION participation_answer_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF OLD.organisation_id = {_ORGANISATION} AND (to_jsonb(NEW) - {_ANSWER}) IS DISTINCT FROM (to_jsonb(OLD) - {_ANSWER}) THEN
            RAISE EXCEPTION 'an invited organisation may answer its invitation only' USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW; END $$""")
    op.execute("CREATE TRIGGER answer_only BEFORE UPDATE ON participation FOR EACH ROW EXECUTE FUNCTION participation_answer_only()")


def upgrade() -> None:
    op.create_table(
        "participation",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("client_id", sa.String(36), nullable=False),
        sa.Column("organisation_id", sa.String(36), nullable=False),
        sa.Column("matter", sa.String(40), nullable=False),
        sa.Column("assessment_id", sa.String(36), nullable=True),
        sa.Column("plan_id", sa.String(36), nullable=True),
        sa.Column("review_id", sa.String(36), nullable=True),
        sa.Column("profile", sa.String(40), nullable=False),
        sa.Column("purpose", sa.String(40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("may_contribute", sa.Boolean(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("accepted_at", _MOMENT, nullable=True),
        sa.Column("accepted_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", _MOMENT, nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("ended_how", sa.String(40), nullable=True),
        sa.Column("end_reason", sa.String(500), nullable=True),
        *_recorded("participation"),
        _key("participation", "organisation_id", "organisation"),
        _key("participation", "assessment_id", "assessment", "CASCADE"),
        _key("participation", "plan_id", "integration_plan", "CASCADE"),
        _key("participation", "review_id", "plan_review", "SET NULL"),
        _key("participation", "accepted_by", "ab_user"),
        _key("participation", "ended_by", "ab_user"),
        sa.CheckConstraint("assessment_id IS NOT NULL OR plan_id IS NOT NULL", name="ck_participation_matter"),
    )
    for name in ("client_id", "org_id", "organisation_id", "assessment_id", "plan_id", "review_id"):
        op.create_index(f"ix_participation_{name}", "participation", [name])
    op.create_table(
        "county_statement",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("client_id", sa.String(36), nullable=False),
        sa.Column("participation_id", sa.String(36), nullable=False),
        sa.Column("stated_on", sa.Date(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        *_recorded("county_statement"),
        _key("county_statement", "participation_id", "participation", "CASCADE"),
    )
    for name in ("client_id", "org_id", "participation_id"):
        op.create_index(f"ix_county_statement_{name}", "county_statement", [name])
    op.execute("DELETE FROM client_membership WHERE NOT is_owner AND organisation_id IN (SELECT id FROM organisation WHERE kind = 'WELLBEING_COUNTY')")
    with op.batch_alter_table("client_membership", reflect_kwargs={"resolve_fks": False}) as batch:
        batch.add_column(sa.Column("participation_id", sa.String(36), nullable=True))
        batch.add_column(sa.Column("shared_by_id", sa.String(36), nullable=True))
        batch.create_foreign_key("fk_client_membership_participation_id_participation", "participation", ["participation_id"], ["id"], ondelete="CASCADE")
        batch.create_foreign_key("fk_client_membership_shared_by_id_organisation", "organisation", ["shared_by_id"], ["id"])
    op.create_index("ix_client_membership_participation_id", "client_membership", ["participation_id"])
    if op.get_bind().dialect.name == "postgresql":
        _index_memberships(postgresql_include=["shared_by_id"])
        _protect()
        _let_share()
        _show_by_profile()
        _let_answer_only()


def downgrade() -> None:
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    if is_postgresql:
        _index_memberships()
        for table in SHOWN_BY:
            op.execute(f"DROP POLICY app_profile ON {table}")
        for policy in ("app_share", "app_unshare", "app_read"):
            op.execute(f"DROP POLICY {policy} ON client_membership")
        op.execute(f"CREATE POLICY app_read ON client_membership FOR SELECT TO koto_app USING (organisation_id = {_ORGANISATION})")
    op.execute("DELETE FROM client_membership WHERE participation_id IS NOT NULL")
    op.drop_index("ix_client_membership_participation_id", "client_membership")
    with op.batch_alter_table("client_membership", reflect_kwargs={"resolve_fks": False}) as batch:
        batch.drop_constraint("fk_client_membership_participation_id_participation", type_="foreignkey")
        batch.drop_constraint("fk_client_membership_shared_by_id_organisation", type_="foreignkey")
        batch.drop_column("participation_id")
        batch.drop_column("shared_by_id")
    for table in reversed(TABLES):
        op.drop_table(table)
    if is_postgresql:
        op.execute("DROP FUNCTION participation_answer_only()")
