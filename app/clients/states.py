"""The client's path (process.md § 6.1); its steps follow from what is recorded, but for the end of the relationship and a new beginning."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from statemachine import State

from app.core.states import Life


class ClientLife(Life):
    """Where a client stands: contact, guidance, assessment, plan, end. An integration client only while a plan is in force (§ 5 item 5)."""

    codes, view = "CLIENT_STATUS", "ClientView"
    # Also of deeds that come along with one of a plan or an assessment, for the sentence when the stage does not allow them.
    words = {
        "close": _l("End the client relationship"), "reopen": _l("Open the client relationship again"), "hold": _l("Keep the data longer"), "release": _l("Let the data be deleted in time"),
        "open_assessment": _l("Start an assessment"),
        "guide": _l("Guide the client"), "lose_ground": _l("Bring the client back to guidance"), "meet_ground": _l("Bring the client to assessment"),
        "cancel_assessment": _l("Cancel the assessment"), "need_plan": _l("Complete the assessment"), "need_no_plan": _l("Complete the assessment"), "start_plan": _l("Bring the plan into force"),
        "interrupt_plan": _l("Interrupt the plan"), "resume_plan": _l("Resume the plan"), "limit_to_studies": _l("Limit to the support for studies"),
        "end_plan": _l("End the plan"), "annul_plan": _l("Annul the plan"),
    }  # fmt: skip
    by_itself = frozenset({"guide", "meet_ground", "lose_ground", "open_assessment", "cancel_assessment", "need_plan", "need_no_plan", "start_plan",
                           "interrupt_plan", "resume_plan", "limit_to_studies", "end_plan", "annul_plan"})  # fmt: skip

    intake = State(value="INTAKE", initial=True)
    guidance = State(value="GUIDANCE")
    assessment_due = State(value="ASSESSMENT_DUE")
    assessment_open = State(value="ASSESSMENT_OPEN")
    plan_drafting = State(value="PLAN_DRAFTING")
    plan_active = State(value="PLAN_ACTIVE")
    plan_interrupted = State(value="PLAN_INTERRUPTED")
    studies_only = State(value="VALID_FOR_STUDIES_ONLY")
    plan_ended = State(value="PLAN_ENDED")
    closed = State(value="CLOSED")

    guide = intake.to(guidance) | guidance.to.itself()
    meet_ground = intake.to(assessment_due) | guidance.to(assessment_due) | assessment_due.to.itself() | plan_ended.to(assessment_due)
    # The ground was recorded by mistake.
    lose_ground = assessment_due.to(guidance)
    # Needs can be assessed again while a plan goes on; the plan stays what the client has.
    open_assessment = (
        assessment_open.from_(intake, guidance, assessment_due, assessment_open, plan_drafting, plan_ended)
        | plan_active.to.itself() | plan_interrupted.to.itself() | studies_only.to.itself()
    )  # fmt: skip
    cancel_assessment = assessment_open.to(assessment_due) | plan_active.to.itself() | plan_interrupted.to.itself() | studies_only.to.itself()
    need_plan = assessment_open.to(plan_drafting) | plan_active.to.itself() | plan_interrupted.to.itself() | studies_only.to.itself()
    need_no_plan = assessment_open.to(guidance) | plan_active.to.itself() | plan_interrupted.to.itself() | studies_only.to.itself()
    start_plan = plan_active.from_(plan_drafting, plan_active, plan_interrupted, plan_ended)
    interrupt_plan = plan_active.to(plan_interrupted)
    resume_plan = plan_interrupted.to(plan_active)
    limit_to_studies = plan_active.to(studies_only) | plan_interrupted.to(studies_only)
    end_plan = plan_ended.from_(plan_active, plan_interrupted, studies_only)
    annul_plan = plan_drafting.from_(plan_active, plan_interrupted, studies_only)
    close = closed.from_(intake, guidance, assessment_due, assessment_open, plan_drafting, plan_ended)
    reopen = closed.to(intake)
    hold = closed.to.itself()
    release = closed.to.itself()
