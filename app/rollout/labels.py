"""Labels, helps and refusals of the pages of the rollout."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.rollout.rules import Worry

STEP = {
    "organisation_name": _l("Organisation"), "stage": _l("Rollout stage"), "planned_on": _l("Planned for"), "told_on": _l("Reached on, as told"),
    "seen_on": _l("Reached on, as the records show"), "reached_on": _l("Reached on"), "is_skipped": _l("Not needed here"), "note": _l("Note"),
}  # fmt: skip
STEP_HELP = {
    "told_on": _l("What the records show wins over this day."),
    "is_skipped": _l("A stage of the move is passed over where there is no old system to bring anything from."),
}
OBSTACLE = {
    "organisation_name": _l("Organisation"), "kind": _l("What stands in the way"), "description": _l("More about it"), "needs_help": _l("We ask for help"),
    "found_on": _l("Since"), "solved_on": _l("Solved on"),
}  # fmt: skip
OBSTACLE_HELP = {"description": _l("Write nothing about a client here."), "needs_help": _l("The national agency and your centre see that you ask.")}
CONTACT = {"organisation_name": _l("Organisation"), "task": _l("Task"), "name": _l("Name"), "email": _l("E-mail"), "phone": _l("Phone")}
BROKEN = {
    "FUTURE": _l("Give a day that has come: what is to come is planned for."),
    "SEEN": _l("The records show this stage: nothing needs to be told."),
    "NEEDED": _l("Only stages of the move from an old system can be passed over."),
    "BOTH": _l("A stage that is not needed has neither a plan nor a day."),
    "ORDER": _l("It was solved before it was found. Check the days."),
}
WORRIES = {
    Worry.ASKED: _l("asks for help"), Worry.LATE: _l("a planned day has passed"), Worry.NO_USERS: _l("no users named"),
    Worry.NOT_REHEARSED: _l("the move has not been rehearsed"), Worry.AFTER_THE_DAY: _l("planned for after the day of the act"),
    Worry.NO_PLAN: _l("no day planned"), Worry.NO_CONTACT: _l("no contact person"),
}  # fmt: skip
