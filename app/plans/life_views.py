"""The pages of the deeds of a plan."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, ClassVar

from flask_appbuilder import expose
from flask_appbuilder.security.decorators import has_access
from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.access.actor import current_actor
from app.children.queries import latest_hearing
from app.clients.models import Client
from app.clients.rules import age_on, is_minor
from app.db.base import db
from app.deadlines.facts import Event
from app.plans.actions import agree_plan, annul_plan, end_plan
from app.plans.forms import (
    AgreeForm,
    AgreeWithChildForm,
    AnnulForm,
    CorrectForm,
    EndForm,
    ExtendForm,
    InterruptForm,
    ResumeForm,
    StudiesForm,
    TellKelaForm,
    end_form,
)
from app.plans.labels import BROKEN
from app.plans.life_actions import correct_plan, extend_plan, interrupt_plan, limit_to_studies, resume_plan, tell_kela
from app.plans.life_rules import (
    Broken,
    ExtensionFacts,
    broken_child_rules,
    broken_end_rules,
    broken_extension_rules,
    broken_interruption_rules,
    broken_resumption_rules,
    broken_studies_rules,
)
from app.plans.limits import Limits, course_of_client, limits_of
from app.plans.models import IntegrationPlan
from app.plans.queries import goals_of_plan, interruptions_of_plan, services_of_plan
from app.plans.rules import broken_agreement_rules, broken_telling_rules, is_kela_told
from app.plans.states import PlanLife
from app.web.deeds import Deed, DeedsView
from app.web.forms import Form

JOBSEEKERS = ("UNEMPLOYED_JS", "JOBSEEKER")
Days = dict[str, date]


class LifeMixin(DeedsView):
    """Each deed asks its rules (`life_rules.py`), tells what they forbid on its page, and leaves a version behind."""

    life = PlanLife
    deeds_of_life: ClassVar[dict[str, Deed]] = {
        "agree": Deed(form=AgreeForm, act=agree_plan, kind="primary", done=_l("The plan is agreed."),
                      lead=_l("An agreed plan can no longer be edited. It comes into force on its first day, in the place of the plan before.")),
        "extend": Deed(form=ExtendForm, act=extend_plan, done=_l("The plan is extended.")),
        "interrupt": Deed(form=InterruptForm, act=interrupt_plan, done=_l("The interruption is recorded."),
                          lead=_l("The days of the interruption lengthen the time that plans may last in all (section 23).")),
        "resume": Deed(form=ResumeForm, act=resume_plan, done=_l("The plan goes on.")),
        "limit_to_studies": Deed(form=StudiesForm, act=limit_to_studies, done=_l("The plan now holds for the support of studies only."),
                                 lead=_l("The employment authority draws up an employment plan without undue delay (section 31).")),
        "end": Deed(form=EndForm, act=end_plan, done=_l("The plan is ended.")),
        "correct": Deed(form=CorrectForm, act=correct_plan, done=_l("The dates are corrected."),
                        lead=_l("Every time limit that is counted from the day moves. The plan keeps a version from before.")),
        "annul": Deed(form=AnnulForm, act=annul_plan, kind="danger", done=_l("The plan is annulled."),
                      lead=_l("Annul only a plan that was agreed by mistake. The client is then without a plan.")),
        "tell_kela": Deed(form=TellKelaForm, act=tell_kela, done=_l("It is recorded that the Social Insurance Institution was told."),
                          lead=_l("The Social Insurance Institution is told outside this system. Here only the day is recorded (section 88).")),
    }  # fmt: skip

    deeds: Any = {
        "can_extend": _l("extend the plan"), "can_interrupt": _l("interrupt the plan"), "can_resume": _l("resume the plan"),
        "can_limit_to_studies": _l("limit the plan to the support for studies"), "can_correct": _l("correct the day the plan was drawn up"),
        "can_annul": _l("annul the plan"), "can_tell_kela": _l("record that the Social Insurance Institution was told of the plan"),
    }  # fmt: skip

    @expose("/agree/<pk>", methods=["GET", "POST"])
    @has_access
    def agree(self, pk: str) -> Any:
        """Agree the plan with the client; the rules that forbid it are told on the same page."""
        return self.deed("agree", pk)

    @expose("/extend/<pk>", methods=["GET", "POST"])
    @has_access
    def extend(self, pk: str) -> Any:
        """Lengthen the plan beyond what plans otherwise may last."""
        return self.deed("extend", pk)

    @expose("/interrupt/<pk>", methods=["GET", "POST"])
    @has_access
    def interrupt(self, pk: str) -> Any:
        """Record that the client cannot take part for a time."""
        return self.deed("interrupt", pk)

    @expose("/resume/<pk>", methods=["GET", "POST"])
    @has_access
    def resume(self, pk: str) -> Any:
        """Let the plan go on after an interruption."""
        return self.deed("resume", pk)

    @expose("/limit_to_studies/<pk>", methods=["GET", "POST"])
    @has_access
    def limit_to_studies(self, pk: str) -> Any:
        """Let the plan hold for the support of studies only."""
        return self.deed("limit_to_studies", pk)

    @expose("/end/<pk>", methods=["GET", "POST"])
    @has_access
    def end(self, pk: str) -> Any:
        """End the plan with the results of its goals."""
        return self.deed("end", pk)

    @expose("/correct/<pk>", methods=["GET", "POST"])
    @has_access
    def correct(self, pk: str) -> Any:
        """Correct the day the plan was drawn up."""
        return self.deed("correct", pk)

    @expose("/annul/<pk>", methods=["GET", "POST"])
    @has_access
    def annul(self, pk: str) -> Any:
        """Annul a plan that was agreed by mistake."""
        return self.deed("annul", pk)

    @expose("/tell_kela/<pk>", methods=["GET", "POST"])
    @has_access
    def tell_kela(self, pk: str) -> Any:
        """Record that Kela was told of the plan."""
        return self.deed("tell_kela", pk)

    def deed_buttons(self, item: IntegrationPlan) -> list[dict[str, Any]]:
        """Telling Kela is offered where the law's task stands."""
        found, place = super().deed_buttons(item), self.url("tell_kela", pk=item.id)
        is_due = all(button["url"] != place for button in found) or is_kela_told(_client(item).employment_status, item.status)
        return found if is_due else [button for button in found if button["url"] != place]

    def deed_form(self, name: str, item: IntegrationPlan) -> type[Form]:
        if name == "agree" and is_minor(_client(item).birth_date, item.drawn_up_date):
            return AgreeWithChildForm
        return end_form(goals_of_plan(db.session, item.id)) if name == "end" else super().deed_form(name, item)

    def deed_about(self, name: str, item: IntegrationPlan) -> str:
        return _client(item).name

    def deed_lead(self, name: str, item: IntegrationPlan) -> Any:
        if name != "extend":
            return super().deed_lead(name, item)
        days = {"last": item.valid_to, "end": _limits(item, date.today()).end}
        return _("The plan is valid to %(last)s. Without an extension plans may last to %(end)s; each ground has its own limit (sections 23 and 31).",
                 **{key: format_date(day) for key, day in days.items()})  # fmt: skip

    def deed_values(self, name: str, item: IntegrationPlan) -> dict[str, Any]:
        actor, today = current_actor(), date.today()
        if name == "agree":
            return self._child_values(item)
        if name == "extend":
            return {"decided_by": f"{actor.name}, {actor.organisation_name}" if actor else None, "decided_on": today}
        if name == "limit_to_studies":
            return {"limited_from": _limits(item, today).end + timedelta(days=1)}
        return {"resume": {"ends_on": today - timedelta(days=1)}, "correct": {"drawn_up_date": item.drawn_up_date},
                "tell_kela": {"kela_told_on": item.kela_told_on or today}}.get(name, {})

    def _child_values(self, plan: IntegrationPlan) -> dict[str, Any]:
        """Offer what the child said last; the plan keeps what it is agreed with."""
        said = latest_hearing(db.session, plan.client_id) if is_minor(_client(plan).birth_date, plan.drawn_up_date) else None
        if said is None:
            return {}
        return {"child_heard_on": said.considered_on, "child_view": said.opinion} if said.is_heard else {"child_not_heard_reason": said.not_heard_reason}

    def deed_errors(self, name: str, form: Any, item: IntegrationPlan) -> list[tuple[str | None, str]]:
        check = getattr(self, f"_broken_{name}", None)
        broken, days = check(form, item) if check else ([], {})
        told = {key: format_date(value) for key, value in days.items() if value}
        return [(field, str(BROKEN[rule]) % told) for field, rule in broken]

    def _broken_agree(self, form: Any, plan: IntegrationPlan) -> tuple[Broken, Days]:
        client = _client(plan)
        broken: Broken = [(None, rule) for rule in broken_agreement_rules(
            goal_types=[goal.goal_type for goal in goals_of_plan(db.session, plan.id)],
            justifications=[service.justification for service in services_of_plan(db.session, plan.id)],
            is_jobseeker=client.employment_status in JOBSEEKERS, age=age_on(client.birth_date, plan.drawn_up_date), on=plan.drawn_up_date,
            education_goal_reason=plan.no_education_goal_reason,
        )]  # fmt: skip
        child = isinstance(form, AgreeWithChildForm)
        view = {name: form[f"child_{name}"].data if child else None for name in ("heard_on", "view", "not_heard_reason")}
        broken += broken_child_rules(is_child=child, **view)
        return [*broken, *_future(form, "agreed_on", "rights_explained_on", "child_heard_on")], {}

    def _broken_extend(self, form: Any, plan: IntegrationPlan) -> tuple[Broken, Days]:
        client, today = _client(plan), date.today()
        events = course_of_client(db.session, client.id).events
        asked = Event(type="PLAN_EXTENDED", on=form.decided_on.data, ground=form.ground.data, plan=plan.ordinal)
        before, after = _must(limits_of(client.birth_date, events, today)), _must(limits_of(client.birth_date, [*events, asked], today))
        is_first = min((event for event in events if event.type == "PLAN_DRAWN_UP"), key=lambda event: event.on).plan == plan.ordinal
        facts = ExtensionFacts(
            ground=form.ground.data, extended_to=form.extended_to.data, decided_on=form.decided_on.data, today=today, drawn_up_date=plan.drawn_up_date,
            valid_to=plan.valid_to, first_end=before.first_end if is_first else None, end_before=before.end, end_with=after.end,
            is_jobseeker=client.employment_status in JOBSEEKERS, has_interruption=any(event.type == "INTERRUPTION" for event in events),
        )  # fmt: skip
        return broken_extension_rules(facts), {"before": before.end, "end": after.end}

    def _broken_interrupt(self, form: Any, plan: IntegrationPlan) -> tuple[Broken, Days]:
        ends = [pause.ends_on for pause in interruptions_of_plan(db.session, plan.id) if pause.ends_on]
        previous = max(ends, default=None)
        broken = broken_interruption_rules(starts_on=form.starts_on.data, ends_on=form.ends_on.data, plan_from=plan.valid_from, previous_end=previous,
                                           today=date.today())  # fmt: skip
        return broken, {"previous": previous} if previous else {}

    def _broken_resume(self, form: Any, plan: IntegrationPlan) -> tuple[Broken, Days]:
        starts = [pause.starts_on for pause in interruptions_of_plan(db.session, plan.id)]
        return broken_resumption_rules(ends_on=form.ends_on.data, starts_on=max(starts, default=plan.valid_from), today=date.today()), {}

    def _broken_limit_to_studies(self, form: Any, plan: IntegrationPlan) -> tuple[Broken, Days]:
        client, today = _client(plan), date.today()
        end = _limits(plan, today).end
        broken = broken_studies_rules(
            limited_from=form.limited_from.data, studies_end=form.studies_end.data, latest_end=end, today=today, birth_date=client.birth_date,
            is_jobseeker=client.employment_status in JOBSEEKERS, service_types={service.service_type for service in services_of_plan(db.session, plan.id)},
        )  # fmt: skip
        return broken, {"end": end}

    def _broken_end(self, form: Any, plan: IntegrationPlan) -> tuple[Broken, Days]:
        return broken_end_rules(
            ended_on=form.ended_on.data, plan_from=plan.valid_from, today=date.today(), reason=form.end_reason.data, guidance=form.onward_guidance.data,
            status=plan.status, employment_plan_on=form.employment_plan_on.data,
        ), {}  # fmt: skip

    def _broken_tell_kela(self, form: Any, plan: IntegrationPlan) -> tuple[Broken, Days]:
        is_due = is_kela_told(_client(plan).employment_status, plan.status)
        return broken_telling_rules(told_on=form.kela_told_on.data, agreed_on=plan.agreed_on, today=date.today(), is_due=is_due), {}

    def _broken_correct(self, form: Any, plan: IntegrationPlan) -> tuple[Broken, Days]:
        drawn_up, agreed = form.drawn_up_date.data, plan.agreed_on
        if drawn_up > (agreed or date.today()):
            return [("drawn_up_date", "DRAWN_UP")], {"agreed": agreed or date.today()}
        return self.broken_dates(plan, drawn_up)


def _future(form: Any, *names: str) -> Broken:
    return [(name, "FUTURE") for name in names if name in form and form[name].data and form[name].data > date.today()]


def _client(plan: IntegrationPlan) -> Client:
    return db.session.get_one(Client, plan.client_id)


def _must(limits: Limits | None) -> Limits:
    """Give the limits of a client who has an agreed plan, and so has limits."""
    if limits is None:
        raise LookupError("no plan has been drawn up")
    return limits


def _limits(plan: IntegrationPlan, today: date) -> Limits:
    return _must(limits_of(_client(plan).birth_date, course_of_client(db.session, plan.client_id).events, today))
