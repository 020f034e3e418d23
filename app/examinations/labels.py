"""Labels and sentences of the examination of the log."""

from flask_babel import lazy_gettext as _l

FINDING = {
    "reader": _l("Who read"), "reader_organisation": _l("Reader's organisation"), "kind": _l("Why it was found"), "day": _l("Day of the reading"),
    "readings": _l("Events"), "clients": _l("Clients"), "state": _l("State"), "due_on": _l("To be dealt with by"), "examiner": _l("Examiner"),
    "examiner_id": _l("Examiner"), "found_on": _l("Found on"), "seed": _l("Seed of the draw"), "asked_at": _l("Explanation asked for"),
    "question": _l("What is asked"), "explained_at": _l("Explanation given"), "explanation": _l("Explanation"), "outcome": _l("Outcome of the finding"),
    "reason": _l("Reasons of the decision"), "decided_at": _l("Decided at"), "reported": _l("Reported by"),
}  # fmt: skip
RULE = {
    "kind": _l("What is looked for"), "owner": _l("Owner"), "owner_id": _l("Owner"), "is_active": _l("In use"),
    "look_back_days": _l("Days back at the first run"), "days": _l("Days"), "most_clients": _l("Different clients in a day at most"),
    "from_hour": _l("Working hours begin"), "to_hour": _l("Working hours end"), "sample_size": _l("How many are drawn"),
    "with_shared": _l("Also clients that are shared with the reader's organisation"), "seed": _l("Seed of the draw"),
    "examined_to": _l("Gone through up to"), "created_at": _l("Recorded"),
}  # fmt: skip
RULE_HELP = {
    "days": _l("No task: how near to the reading the work must be. Samples: how long a period is drawn from; seven days are a week."),
    "from_hour": _l("Full hours, Finnish time."), "to_hour": _l("Full hours, Finnish time."),
    "look_back_days": _l("How far back the rule looks when it is run for the first time. After that it goes on from where it was."),
}  # fmt: skip
BROKEN = {
    "MISSING": _l("This kind of rule needs the number."),
    "BOUNDS": _l("Give a number between %(least)s and %(most)s."),
    "ORDER": _l("The working hours end before they begin."),
    "PAST": _l("Give today or a later day."),
    "HEAR": _l("The reader must be heard first: ask for an explanation, and wait for it or for the end of the time given."),
}  # fmt: skip
# Why the reader is asked, in words for the reader.
ASKED_BECAUSE = {
    "OWN_RECORD": _l("The client has your name."),
    "SAME_SURNAME_OR_ADDRESS": _l("The client has your family name or lives at the same address."),
    "NO_TASK": _l("You have recorded no work with the client near the time of the reading."),
    "PROTECTED": _l("The client has a non-disclosure order for personal safety."),
    "NIGHT": _l("The client's data were opened outside working hours."),
    "VOLUME": _l("You opened the data of unusually many clients in one day."),
    "ENDED_RIGHT": _l("The right you acted by was not in force."),
    "OTHER_MUNICIPALITY": _l("The client belongs to another organisation than yours."),
    "SAMPLE_EVENTS": _l("The event was drawn at random. There is no suspicion."),
    "SAMPLE_READERS": _l("You were drawn at random. There is no suspicion."),
}  # fmt: skip
