"""Labels of assessments."""

from flask_babel import lazy_gettext as _l

ASSESSMENT = {
    "ground": _l("Ground of the assessment"), "status": _l("State"), "known_on": _l("Need became known on"),
    "started_on": _l("Started on"), "completed_on": _l("Completed on"), "channel": _l("Way of meeting"),
    "channel_reason": _l("Reason for meeting elsewhere than in the office"), "language": _l("Language of the interview"),
    "client_wishes": _l("The client's own goals and wishes"), "outcome": _l("Outcome"),
    "outcome_reason": _l("Reasons for the outcome"), "plan_planned_on": _l("Plan will be drawn up on"), "guided_to": _l("Other guidance: where the client was guided"),
    "over_three_years_reason": _l("Reason for an assessment after three years"), "skipped_reason": _l("Reason for leaving the assessment undone"),
    "cancelled_on": _l("Cancelled on"), "cancel_reason": _l("Reason for cancelling"),
    "aims_told_on": _l("Told: aims of the services"), "process_told_on": _l("Told: making of the plan and the service process"),
    "duties_told_on": _l("Told: binding nature, rights and duties"), "data_told_on": _l("Told: processing of personal data"),
    "client_name": _l("Client"),
}  # fmt: skip

SECTION = {
    "LITERACY": _l("Literacy"), "FINNISH_SWEDISH": _l("Skills in Finnish and Swedish"),
    "STUDY_WORK_SKILLS": _l("Study and working-life skills"),
    "EMPLOYMENT_EDUCATION_NEEDS": _l("Employment and education: service needs and goals"),
    "EDUCATION_WORK": _l("Earlier education and work experience"), "STRENGTHS": _l("Special skills and strengths"),
    "NEED_OF_PLAN": _l("Need of an integration plan"), "LIFE_SITUATION": _l("Other life situation and needs arising from it"),
    "OTHER_NEEDS": _l("Other integration service needs and goals"),
}  # fmt: skip

FURTHER_GROUND = {"ground": _l("Ground")}

MEASURE = {
    "measure": _l("Clarifying measure"), "provider": _l("Provider"), "ordered_on": _l("Ordered on"), "done_on": _l("Done on"), "result": _l("Result"),
    "called_off_reason": _l("Reason for calling off"),
}  # fmt: skip

RESTRICTED_SECTION = {
    "section": _l("Section"), "purpose_reason": _l("Why the integration services cannot do without it"), "content": _l("Restricted finding"),
    "source": _l("Source of the data"),
}  # fmt: skip

BROKEN = {
    "FUTURE": _l("The date is in the future. Give today or an earlier day."), "EARLY": _l("The end is before the start."),
    "KNOWN_LATE": _l("The assessment had begun before this day. Check both days."),
    "CHANNEL": _l("Give the weighty reason for meeting elsewhere than in the office."),
    "SECTIONS": _l("The initial interview lacks a summary in: %(sections)s."), "DUTIES": _l("Mark the day when the client was told: %(duties)s."),
    "MEASURES": _l("A clarifying measure is open: record its result, or why it was called off (decree 869/2024, section 3)."),
    "AGE": _l("The ground of a child or young person holds until the age of %(age)d (act 681/2023, section 2)."),
    "WINDOW": _l("Three years from the first permit, card or registration ended on %(day)s: after that only a victim of trafficking is assessed (act 681/2023, section 14)."),
    "LATE_REASON": _l("Tell why the assessment begins after three years; a victim of trafficking may be assessed then too (act 681/2023, section 14)."),
    "NOT_LATE": _l("The assessment begins within the three years, so this stays empty (act 681/2023, section 14)."),
    "NOT_A_CHILD": _l("Only the assessment of a child or young person may be left undone, when another client plan covers the needs (act 681/2023, section 14)."),
    "MEASURE_EARLY": _l("The day is before the assessment began."), "RESULT": _l("Record the result of the measure (decree 869/2024, section 3)."),
    "DONE_AND_OFF": _l("A measure that was done was not called off."),
    "COUNTY": _l("Needs of social and health services are recorded only while the wellbeing services county takes part (decree 869/2024, section 2)."),
    "PLAN_DAY": _l("Tell when the plan will be drawn up (decree 874/2024, section 1)."),
    "PLAN_EARLY": _l("The plan cannot be drawn up before the assessment was completed."),
    "GUIDANCE": _l("Tell where the client was guided instead of a plan (decree 874/2024, section 1)."),
}  # fmt: skip
# What a role that has the permission may do.
MAY = {
    "can_interview": _l("write the initial interview"), "can_complete": _l("complete the assessment"), "can_cancel": _l("cancel the assessment"),
    "can_skip": _l("leave the assessment of a child undone"),
}  # fmt: skip
