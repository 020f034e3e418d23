"""Labels and sentences of plans."""

from flask_babel import lazy_gettext as _l

PLAN = {
    "ordinal": _l("Plan number"), "status": _l("State"), "drawn_up_date": _l("Drawn up on"), "valid_from": _l("Valid from"),
    "valid_to": _l("Valid to"), "planned_review_date": _l("Next review"), "follow_up": _l("How follow-up is done"),
    "training_recommendation": _l("Training recommendation"),
    "no_education_goal_reason": _l("Reason for no education goal (under 25)"), "authors": _l("Drawn up by, with contact details"),
    "rights_explained_on": _l("Rights and duties explained on"), "agreed_on": _l("Agreed on"),
    "agreement_method": _l("Way of agreeing"),
}  # fmt: skip
GOAL = {"horizon": _l("Time span"), "goal_type": _l("Type of goal"), "description": _l("Goal"), "own_words": _l("In the client's own words")}
SERVICE = {
    "service_type": _l("Service"), "organiser": _l("Organiser"), "provider": _l("Service provider"),
    "justification": _l("Why this service serves the goal"), "starts_on": _l("Planned start"), "ends_on": _l("Planned end"),
    "status": _l("State"),
}  # fmt: skip
# What a plan lives through; on paper it stands where it has come up.
LIFE = {
    "child_heard_on": _l("The child was heard on"), "child_view": _l("The child's wishes and opinion"),
    "child_not_heard_reason": _l("Why the child was not heard"), "studies_only_from": _l("For the support of studies only from"),
    "ended_on": _l("Ended on"), "end_reason": _l("Reason for the end"), "onward_guidance": _l("Guidance onward"),
    "employment_plan_on": _l("Employment plan drawn up on"),
}  # fmt: skip
KELA = {"kela_told_on": _l("The Social Insurance Institution was told of the plan on")}
EXTENSION = {
    "ground": _l("Ground of the extension"), "extended_from": _l("Would have ended on"), "extended_to": _l("New last day"),
    "reasons": _l("Reasons"), "decided_by": _l("Decided by"), "decided_on": _l("Decided on"),
}  # fmt: skip
INTERRUPTION = {"reason": _l("Reason of the interruption"), "starts_on": _l("First day"), "ends_on": _l("Last day"), "grounds": _l("More about the reason")}
VERSION = {"number": _l("Version"), "deed": _l("What was done"), "made_on": _l("Date"), "reason": _l("Reason")}
LIMITS = {"end": _l("Last day plans may have"), "why": _l("Why this day")}
STOOD_ON = {
    "assessment": _l("Assessment completed on"), "outcome": _l("Outcome of the assessment"), "outcome_reason": _l("Reasons of the outcome"),
    "employment_status": _l("Employment status"), "service_language": _l("Service language"), "first_permit": _l("First permit, card or registration"),
}  # fmt: skip
# Headings and fixed texts of the plan on paper.
PAPER = {
    "title": _l("Integration plan"), "client": _l("Client"), "plan": _l("Plan"), "goals": _l("Goals"), "services": _l("Services"),
    "signatures": _l("Signatures"), "authority": _l("Authority"), "place_and_date": _l("Place and date"), "name": _l("Name"),
    "municipality": _l("Municipality"), "not_recorded": _l("Not recorded"), "no_goals": _l("No goals have been agreed."),
    "no_services": _l("No services have been agreed."), "draft": _l("Draft: the plan has not been agreed."),
    "note": _l("Headings and choices stand here in another language too, to help reading. Those translations are unconfirmed. "
               "Only the first language is official."),
}  # fmt: skip
BROKEN = {
    "ORDER": _l("The end is before the start."),
    "V1": _l("The first plan may last one year at most from the day it is drawn up (section 23)."),
    "V2": _l("Plans may last to %(end)s at most (section 23). The plan page tells why."),
    "V3": _l("The plan cannot be drawn up before the assessment was completed."),
    "NO_ASSESSMENT": _l("A plan drawn up in 2025 or later rests on a completed assessment (section 16)."),
    "V4": _l("The plan must be drawn up within three years of the first permit, card or registration (section 20)."),
    "V8": _l("The plan must be reviewed within six months (section 22)."),
    "GOAL": _l("Add a goal before the plan is agreed."), "SERVICE": _l("Add a service before the plan is agreed."),
    "V5": _l("Every service needs a justification (section 19)."),
    "V6": _l("A jobseeker's plan needs employment or entrepreneurship as a goal (section 18)."),
    "V7": _l("A client under 25 needs upper-secondary education as a goal, or the reason for none (section 18)."),
    "FUTURE": _l("The date is in the future. Give today or an earlier day."),
    "BEFORE_PLAN": _l("The plan was not in force yet on that day."),
    "CHILD": _l("Hear the client, who is under 18, and write down their view, or give the reason why they were not heard (section 4)."),
    "DECIDED": _l("The decision is between the day the plan was drawn up and today."),
    "LONGER": _l("Give a later day than the plan's present last day."),
    "NOT_NEEDED": _l("Plans may last to %(before)s without an extension (section 23). Draw up a new plan for that time."),
    "NO_INTERRUPTION": _l("No interruption is recorded for the plan (section 23)."),
    "R10": _l("With this ground plans may last to %(end)s at most: two years more in all (section 23)."),
    "R11": _l("With this ground plans may last to %(end)s at most: two years more in all (section 23)."),
    "R12": _l("The interruptions let plans last to %(end)s at most (section 23)."),
    "R13": _l("With this ground plans may last to %(end)s at most: one year more (section 31)."),
    "R13_AGE": _l("Unfinished studies lengthen plans once, and only for a client under 25 when their maximum is reached (section 31)."),
    "R13_JOBSEEKER": _l("Only a jobseeker's plan is extended for unfinished studies (section 31)."),
    "OVERLAP": _l("The interruption before this one lasted until %(previous)s. Give a later day."),
    "R14_STUDIES": _l("The plan holds no supported self-motivated studies (section 31)."),
    "R14_JOBSEEKER": _l("Only a jobseeker's plan goes on for the support of studies (section 31)."),
    "R14_AGE": _l("The client is under 25: extend the plan for the unfinished studies instead (section 31)."),
    "R14_EARLY": _l("Plans may last to %(end)s. The plan is limited to the support for studies from the day after at the earliest (section 31)."),
    "GUIDANCE": _l("Tell where the client was guided."),
    "EMPLOYMENT_PLAN": _l("Give the day the employment plan was drawn up (section 31)."),
    "KELA": _l("The client does not receive home-care allowance, so the Social Insurance Institution is told nothing of the plan (section 88)."),
    "KELA_EARLY": _l("The plan had not been agreed by then; the Social Insurance Institution is told when it has been made (section 88)."),
    "DRAWN_UP": _l("The plan was drawn up before it was agreed, on %(agreed)s at the latest."),
}  # fmt: skip
