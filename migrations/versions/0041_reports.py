"""Figures without identity: periods, facts, hidden cells and series brought in

None of them names a person, so no policy narrows them; what an audience may read of them is decided by `app/reports/figures.py`.

Revision: 0041, after 0046
"""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0046"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_TABLES = ("report_period", "report_run", "report_fact", "report_hidden", "report_series")


def _key(name: str, length: int) -> sa.Column:
    return sa.Column(name, sa.String(length), nullable=False)


def upgrade() -> None:
    op.create_table(
        "report_period",
        _key("id", 7), _key("length", 10), sa.Column("starts_on", sa.Date(), nullable=False), sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("closed_at", _MOMENT), sa.PrimaryKeyConstraint("id", name="pk_report_period"),
    )  # fmt: skip
    op.create_table(
        "report_run",
        _key("period_id", 7), _key("organisation_id", 36), sa.Column("computed_at", _MOMENT, nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False), sa.Column("complete", sa.Integer(), nullable=False),
        _of_period("report_run"), _of_organisation("report_run"), sa.PrimaryKeyConstraint("period_id", "organisation_id", name="pk_report_run"),
    )  # fmt: skip
    op.create_table(
        "report_fact",
        _key("indicator", 4), _key("period_id", 7), _key("dimension", 60), _key("organisation_id", 36), _key("value", 60),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("definition", "numerator", "denominator", "protected")), sa.Column("spread", sa.Text()),
        _of_period("report_fact"), _of_organisation("report_fact"),
        sa.PrimaryKeyConstraint("indicator", "period_id", "dimension", "organisation_id", "value", name="pk_report_fact"),
    )  # fmt: skip
    op.create_index("ix_report_fact_municipality", "report_fact", ["organisation_id", "period_id"])
    op.create_table(
        "report_hidden",
        _key("audience", 10), _key("indicator", 4), _key("period_id", 7), _key("dimension", 60), _key("level", 20), _key("area", 12), _key("value", 60),
        _of_period("report_hidden"),
        sa.PrimaryKeyConstraint("audience", "indicator", "period_id", "dimension", "level", "area", "value", name="pk_report_hidden"),
    )  # fmt: skip
    op.create_table(
        "report_series",
        _key("indicator", 4), _key("period_id", 7), _key("level", 20), _key("area", 12), _key("dimension", 60), _key("value", 60),
        _key("figure", 30), _key("source", 200), sa.Column("brought_in_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("indicator", "period_id", "level", "area", "dimension", "value", name="pk_report_series"),
    )  # fmt: skip
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {', '.join(_TABLES)} TO koto_app")


def downgrade() -> None:
    for table in reversed(_TABLES):
        op.drop_table(table)


def _of_period(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["period_id"], ["report_period.id"], name=f"fk_{table}_period_id_report_period", ondelete="CASCADE")


def _of_organisation(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=f"fk_{table}_organisation_id_organisation")
