"""What a plan says on paper: the same facts for the page that is printed, for the PDF and for the frozen picture of a version."""

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
    """A text in one language; `key` names it, or `code` of the list `codes`, by which it is found in another."""

    first: str
    key: str = ""
    codes: str = ""
    code: str = ""
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
    second: str | None = None


def word(name: str) -> Phrase:
    """Give a heading or fixed text of the paper."""
    return Phrase(str(PAPER[name]), key=f"paper.{name}")


def value(row: Any, name: str) -> Phrase:
    """Give the value of a column as the reader sees it."""
    codes = column_info(type(row), name).get("codes", "")
    return Phrase(shown(row, name).strip(), codes=codes, code=getattr(row, name) or "" if codes else "")


def facts_of(row: Any, kind: str, labels: Mapping[str, Any]) -> list[Fact]:
    """Give the columns that the reader sees, with their labels."""
    return [Fact(Phrase(str(labels[name]), key=f"{kind}.{name}"), value(row, name)) for name in visible_columns(row, labels)]


def _about_client(client: Client, owner: str) -> list[Fact]:
    return [
        Fact(word("name"), Phrase(f"{client.given_names} {client.family_name}")),
        Fact(Phrase(str(CLIENT["birth_date"]), key="client.birth_date"), value(client, "birth_date")),
        Fact(word("municipality"), Phrase(owner)),
    ]


def _part(heading: str, kind: str, row: Any, title: str, labels: Mapping[str, Any]) -> Section:
    # The heading says the kind already.
    named = value(row, title)
    facts = facts_of(row, kind, {name: text for name, text in labels.items() if name != title})
    return Section(heading=Phrase(heading, codes=named.codes, code=named.code), facts=facts)


def _sections(session: Session, plan: IntegrationPlan, owner: str) -> list[Section]:
    goals = [
        _part(_("Goal %(number)s: %(name)s", number=number, name=shown(goal, "goal_type")), "goal", goal, "goal_type", GOAL)
        for number, goal in enumerate(goals_of_plan(session, plan.id), start=1)
    ]
    services = [
        _part(_("Service %(number)s: %(name)s", number=number, name=shown(row, "service_type")), "service", row, "service_type", SERVICE)
        for number, row in enumerate(services_of_plan(session, plan.id), start=1)
    ]
    return [
        Section(heading=word("client"), facts=_about_client(session.get_one(Client, plan.client_id), owner)),
        Section(heading=word("plan"), facts=facts_of(plan, "plan", PLAN)),
        Section(heading=word("goals"), parts=goals, empty=word("no_goals")),
        Section(heading=word("services"), parts=services, empty=word("no_services")),
    ]


def whole_document(session: Session, plan: IntegrationPlan, further: Sequence[Section] = ()) -> PlanDocument:
    """Gather everything the plan says, in the page's language; four statements."""
    # The plan is its owner's also when a participant of another authority prints it.
    is_hidden = hides_place(session.get_one(Client, plan.client_id))
    owner = str(MASK) if is_hidden else session.get_one(Organisation, plan.org_id).name_in(current_language())
    return PlanDocument(
        title=word("title"), status=value(plan, "status"), is_draft=plan.status == "DRAFT", owner=owner,
        sections=[*_sections(session, plan, owner), *further], signatures=[word("client"), word("authority")],
        words={name: word(name) for name in PAPER},
    )  # fmt: skip


def plan_document(session: Session, plan: IntegrationPlan, second: str | None = None) -> PlanDocument:
    """Give the plan as it is now, in the page's language and beside it in `second` where that differs."""
    return beside(whole_document(session, plan), second)


_LABELS = {
    **{f"plan.{name}": text for name, text in PLAN.items()}, **{f"goal.{name}": text for name, text in GOAL.items()},
    **{f"service.{name}": text for name, text in SERVICE.items()}, **{f"paper.{name}": text for name, text in PAPER.items()},
    "client.birth_date": CLIENT["birth_date"],
}  # fmt: skip


def beside(document: PlanDocument, second: str | None) -> PlanDocument:
    """Write a second language beside the first, for reading; where there is no text, or it is the page's own, the first stands alone."""
    other = None if second == current_language() else second

    def phrase(found: Phrase) -> Phrase:
        text = second_text(other, found.key, _LABELS[found.key]) if found.key in _LABELS else second_code(other, found.codes, found.code)
        return Phrase(found.first, found.key, found.codes, found.code, "" if text == found.first else text)

    def section(found: Section) -> Section:
        facts = [Fact(phrase(fact.name), phrase(fact.value)) for fact in found.facts]
        return Section(heading=phrase(found.heading), facts=facts, parts=[section(part) for part in found.parts], empty=phrase(found.empty))

    return PlanDocument(
        title=phrase(document.title), status=phrase(document.status), is_draft=document.is_draft, owner=document.owner,
        sections=[section(one) for one in document.sections], signatures=[phrase(one) for one in document.signatures],
        words={name: phrase(one) for name, one in document.words.items()}, second=second,
    )  # fmt: skip


