"""What a plan says on paper: the same facts for the page that is printed and for the PDF."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.access.visibility import visible_columns
from app.clients.labels import CLIENT
from app.clients.models import Client
from app.clients.protection import MASK, hides_place
from app.organisations.models import Organisation
from app.plans.labels import GOAL, PAPER, PLAN, SERVICE
from app.plans.models import IntegrationPlan
from app.plans.queries import goals_of_plan, services_of_plan
from app.plans.second_language import second_code, second_text
from app.web.display import column_info, shown
from app.web.language import current_language


@dataclass(frozen=True)
class Phrase:
    """A text in the page's language, and in the second one where it has it."""

    first: str
    second: str = ""


@dataclass(frozen=True)
class Fact:
    name: Phrase
    value: Phrase

    @property
    def label(self) -> str:
        return self.name.first

    @property
    def text(self) -> str:
        return self.value.first


@dataclass(frozen=True, kw_only=True)
class Section:
    """A heading with facts, or with parts under it; `empty` is said when there is neither."""

    heading: Phrase
    facts: Sequence[Fact] = ()
    parts: Sequence[Section] = ()
    empty: Phrase = Phrase("")


@dataclass(frozen=True, kw_only=True)
class PlanDocument:
    title: Phrase
    status: Phrase
    is_draft: bool
    owner: str
    sections: Sequence[Section]
    signatures: Sequence[Phrase]
    words: Mapping[str, Phrase]
    second: str | None


@dataclass(frozen=True)
class _Writer:
    """Makes phrases in the page's language and, when one is asked for, a second."""

    second: str | None

    def phrase(self, key: str, text: Any) -> Phrase:
        return _phrase(str(text), second_text(self.second, key, text))

    def word(self, name: str) -> Phrase:
        return self.phrase(f"paper.{name}", PAPER[name])

    def value(self, row: Any, name: str) -> Phrase:
        codes = column_info(type(row), name).get("codes")
        return _phrase(shown(row, name).strip(), second_code(self.second, codes, getattr(row, name)))

    def facts(self, row: Any, kind: str, labels: Mapping[str, Any]) -> list[Fact]:
        return [Fact(self.phrase(f"{kind}.{name}", labels[name]), self.value(row, name)) for name in visible_columns(row, labels)]


def _phrase(first: str, second: str) -> Phrase:
    return Phrase(first, "" if second == first else second)


def _about_client(writer: _Writer, client: Client, owner: str) -> list[Fact]:
    return [
        Fact(writer.word("name"), Phrase(f"{client.given_names} {client.family_name}")),
        Fact(writer.phrase("client.birth_date", CLIENT["birth_date"]), writer.value(client, "birth_date")),
        Fact(writer.word("municipality"), Phrase(owner)),
    ]


def _sections(session: Session, plan: IntegrationPlan, writer: _Writer, owner: str) -> list[Section]:
    client = session.get_one(Client, plan.client_id)

    def part(heading: str, kind: str, row: Any, title: str, labels: Mapping[str, Any]) -> Section:
        # The heading says the kind already.
        facts = writer.facts(row, kind, {name: text for name, text in labels.items() if name != title})
        return Section(heading=Phrase(heading, writer.value(row, title).second), facts=facts)

    goals = [
        part(_("Goal %(number)s: %(name)s", number=number, name=shown(goal, "goal_type")), "goal", goal, "goal_type", GOAL)
        for number, goal in enumerate(goals_of_plan(session, plan.id), start=1)
    ]
    services = [
        part(_("Service %(number)s: %(name)s", number=number, name=shown(row, "service_type")), "service", row, "service_type", SERVICE)
        for number, row in enumerate(services_of_plan(session, plan.id), start=1)
    ]
    return [
        Section(heading=writer.word("client"), facts=_about_client(writer, client, owner)),
        Section(heading=writer.word("plan"), facts=writer.facts(plan, "plan", PLAN)),
        Section(heading=writer.word("goals"), parts=goals, empty=writer.word("no_goals")),
        Section(heading=writer.word("services"), parts=services, empty=writer.word("no_services")),
    ]


def plan_document(session: Session, plan: IntegrationPlan, second: str | None = None) -> PlanDocument:
    """Gather everything the plan says, in the page's language and beside it in `second` where that differs; four statements."""
    writer = _Writer(second)
    # The plan is its owner's also when a participant of another authority prints it.
    is_hidden = hides_place(session.get_one(Client, plan.client_id))
    owner = str(MASK) if is_hidden else session.get_one(Organisation, plan.org_id).name_in(current_language())
    return PlanDocument(
        title=writer.word("title"), status=writer.value(plan, "status"), is_draft=plan.status == "DRAFT", owner=owner,
        sections=_sections(session, plan, writer, owner), signatures=[writer.word("client"), writer.word("authority")],
        words={name: writer.word(name) for name in PAPER}, second=second,
    )  # fmt: skip
