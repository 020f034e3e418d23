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
    "V2": _l("Plans may last two years at most from the day the first one was drawn up (section 23)."),
    "V3": _l("The plan cannot be drawn up before the assessment was completed."),
    "V4": _l("The plan must be drawn up within three years of the first permit, card or registration (section 20)."),
    "V8": _l("The plan must be reviewed within six months (section 22)."),
    "GOAL": _l("Add a goal before the plan is agreed."), "SERVICE": _l("Add a service before the plan is agreed."),
    "V5": _l("Every service needs a justification (section 19)."),
    "V6": _l("A jobseeker's plan needs employment or entrepreneurship as a goal (section 18)."),
    "V7": _l("A client under 25 needs upper-secondary education as a goal, or the reason for none (section 18)."),
}  # fmt: skip
