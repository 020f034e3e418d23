"""Labels and sentences of services in life."""

from flask_babel import lazy_gettext as _l

PARTICIPATION = {
    "referred_on": _l("Referred on"), "enrolled_on": _l("Accepted on"), "started_on": _l("Started on"), "ended_on": _l("Ended on"),
    "end_reason": _l("Reason for the end"), "end_description": _l("More about the reason"), "provider_feedback": _l("Feedback from the service provider"),
    "language": _l("Language of the service"), "mode": _l("Way of arranging"), "interpreted": _l("Interpreted"),
    "self_study_ground": _l("Ground for self-study"), "starting_level": _l("Starting level of language skills"),
    "study_plan": _l("Study plan and how it was carried out"), "next_steps": _l("Agreed next steps"), "work_place": _l("Place of the period at work"),
    "work_starts_on": _l("Period at work starts"), "work_ends_on": _l("Period at work ends"), "no_test_reason": _l("Why there is no final test"),
}  # fmt: skip
HOURS = {
    "from_on": _l("From"), "to_on": _l("To"), "module": _l("Module"), "hours_planned": _l("Hours planned"), "hours_attended": _l("Hours attended"),
}  # fmt: skip
INTERRUPTION = {"from_on": _l("From"), "to_on": _l("To"), "reason": _l("Reason"), "description": _l("More about the reason")}
LANGUAGE_TEST = {
    "test": _l("Test"), "language": _l("Language"), "tested_on": _l("Date of the test"), "listening": _l("Listening comprehension"),
    "reading": _l("Reading comprehension"), "speaking": _l("Speaking"), "writing": _l("Writing"), "source": _l("Source of the data"),
}  # fmt: skip
DEED = {
    "referred_on": _l("Day of the referral"), "enrolled_on": _l("Day the place was given"), "started_on": _l("First day in the service"),
    "from_on": _l("First day of the interruption"), "to_on": _l("Last day of the interruption"), "ended_on": _l("Last day in the service"), "reason": _l("Reason"), "description": _l("More about the reason"),
}  # fmt: skip
BROKEN = {
    "PLAN": _l("A service changes only when its plan has been agreed; new services begin only while the plan is in force (section 20)."),
    "FUTURE": _l("The date is in the future. Give today or an earlier day."),
    "NEEDED": _l("A recorded day can be corrected but not taken away."),
    "EARLY": _l("The date is before the plan was agreed."),
    "ORDER": _l("The date is before what has been recorded of the service earlier."),
    "PERIOD": _l("The end is before the start."),
    "BEFORE_START": _l("The date is before the service started."),
    "HOURS": _l("Hours cannot be negative."),
    "TOO_MANY": _l("There are not so many hours in the period."),
    "V12": _l("Integration training is not for a client of compulsory-education age: under %(age)d and without a qualification of upper secondary level "
              "(section 26, and section 2 of the Compulsory Education Act)."),
    "V13": _l("Societal orientation is completed when the client has attended at least %(least)s hours; %(attended)s are recorded "
              "(section 25 and the decree on societal orientation)."),
    "TEST": _l("Integration training ends with the final language test (section 26). Record its result, or tell why there is none."),
    "SELF_STUDY": _l("Self-study needs a ground (decree on societal orientation, section 2)."),
}  # fmt: skip
# What a role that has the permission may do.
MAY = {
    "can_refer": _l("refer to a service"), "can_queue": _l("record that a place is waited for"), "can_accept": _l("record a place"),
    "can_start": _l("record the start"), "can_pause": _l("record an interruption"), "can_resume": _l("record that the service goes on"),
    "can_complete": _l("complete the service"), "can_discontinue": _l("discontinue the service"),
    "can_lapse": _l("record that the service did not start"), "can_cancel": _l("cancel the service"),
}  # fmt: skip
