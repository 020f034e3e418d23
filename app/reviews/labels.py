"""Labels and sentences of reviews."""

from flask_babel import lazy_gettext as _l

REVIEW = {
    "planned_on": _l("Planned for"), "reviewed_on": _l("Date of the review"), "initiator": _l("Ground of the review"),
    "reason": _l("Why the plan was reviewed"), "participation": _l("Participation in services and measures"), "progress": _l("Progress in the plan"),
    "results": _l("Results"), "changes": _l("Changes to the plan"), "authors": _l("Reviewed by, with contact details"),
    "next_review_date": _l("Next review"), "source": _l("Source of the data"),
}  # fmt: skip
REVIEWED_GOAL = {"goal_text": _l("Goal"), "result": _l("Result")}
HINDRANCE = {"hindrance": _l("Factor"), "description": _l("How it hinders or delays")}
BROKEN = {
    "FUTURE": _l("The date is in the future. Give today or an earlier day."),
    "EARLY": _l("The plan was not in force before %(begins)s."),
    "PREVIOUS": _l("The review before this one was held on %(previous)s. Give a later day."),
    "REASON": _l("Tell why the plan was reviewed, when it was not for the time limit."),
    "ORDER": _l("The next review must be after this one."),
    "V8": _l("The next review must be within six months, on %(limit)s at the latest (section 22)."),
    "END": _l("The plan ends on %(end)s. The next review can be on that day at the latest."),
}  # fmt: skip
