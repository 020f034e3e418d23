"""Labels and sentences of appointments."""

from flask_babel import lazy_gettext as _l

APPOINTMENT = {
    "status": _l("State"), "held_on": _l("Date"), "clock": _l("Time of day"), "purpose": _l("Subject of the meeting"), "channel": _l("Way of meeting"),
    "place": _l("Place"), "language": _l("Language of the meeting"), "interpreter_needed": _l("Interpreter needed"),
    "interpreter_mode": _l("Way of interpreting"), "interpreter_agency": _l("Interpreting agency"), "interpreter_outcome": _l("What came of the interpreting"),
    "interpreter_cost": _l("Cost of interpreting, euros"), "shown_cost": _l("Cost of interpreting"), "booked_on": _l("Booked on"),
    "cancelling_told_on": _l("Told how to cancel on"), "fee_warned_on": _l("Told of the fee on"), "fee_warned_language": _l("Told of the fee in"),
    "excuse_reason": _l("Acceptable reason"), "fee_amount": _l("Proposed fee, euros"), "shown_fee": _l("Proposed fee"),
    "fee_due_on": _l("Due date of the fee"), "fee_ground": _l("Why the fee is not unreasonable"), "waive_reason": _l("Why no fee is proposed"),
    "is_reasonable": _l("The fee is not unreasonable for the client"),
}  # fmt: skip
HINTS = {
    "clock": _l("For example 09:30."), "cancelling_told_on": _l("The client was told how and by when the time can be cancelled."),
    "fee_warned_on": _l("A fee can be proposed only when the client was told of it as the time was booked."),
}  # fmt: skip
BROKEN = {
    "CLOCK": _l("Write the time as hours and minutes, for example 09:30."),
    "FUTURE": _l("The date is in the future. Give today or an earlier day."),
    "BOOKED_LATE": _l("The time was booked after the meeting."),
    "MODE": _l("Choose how the meeting is interpreted."),
    "TOLD_LATE": _l("The date is after the meeting."),
    "LANGUAGE": _l("Tell in which language the client was told of the fee."),
    "NOT_YET": _l("The meeting is still to come."),
    "V11_AGE": _l("No fee may be charged from a client under %(age)d (section 32 a)."),
    "V11_WARNING": _l("A fee may be charged only when the client was told of it as the time was booked (section 32 a)."),
    "CANCELLING": _l("A fee may be charged only when the client was told how to cancel the time (section 32 a)."),
    "INTERPRETER": _l("The fee covers the cost of interpreting; no interpreter was booked (section 32 a)."),
    "COST": _l("Tell what the interpreting cost: the fee is at most that (section 32 a)."),
    "MOST": _l("The fee can be at most what the interpreting cost, and never over %(most)s (section 32 a)."),
    "R15": _l("The fee may fall due on %(first)s at the earliest, two weeks after the missed meeting (section 32 a)."),
    "UNREASONABLE": _l("A fee that would be unreasonable for the client may not be charged (section 32 a)."),
}  # fmt: skip
# What a role that has the permission may do.
MAY = {
    "can_attend": _l("record that the client came"), "can_cancel": _l("record a cancellation"), "can_miss": _l("record that the client did not come"),
    "can_excuse": _l("record an acceptable reason"), "can_propose": _l("propose a fee for not coming"), "can_waive": _l("record why no fee is proposed"),
}  # fmt: skip
