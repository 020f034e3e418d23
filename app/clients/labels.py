"""Labels of the client's fields."""

from flask_babel import lazy_gettext as _l

CLIENT = {
    "family_name": _l("Family name"), "given_names": _l("Given names"), "call_name": _l("Call name"),
    "identity_code": _l("Personal identity code"), "masked_identity_code": _l("Personal identity code"),
    "no_identity_code_reason": _l("Reason for having no identity code"), "birth_date": _l("Date of birth"),
    "gender": _l("Gender"), "citizenship": _l("Citizenship"), "mother_tongue": _l("Mother tongue"),
    "service_language": _l("Service language"), "interpreter_needed": _l("Interpreter needed"),
    "interpreter_language": _l("Interpreting language"), "interpreter_mode": _l("Way of interpreting"),
    "phone": _l("Phone"), "email": _l("E-mail"), "street_address": _l("Street address"),
    "postal_code": _l("Postal code"), "post_office": _l("Post office"), "shown_phone": _l("Phone"),
    "shown_email": _l("E-mail"), "shown_address": _l("Address"),
    "trafficking_victim": _l("Victim of trafficking in human beings"), "non_disclosure": _l("Non-disclosure for personal safety"), "home_municipality": _l("Municipality of residence"),
    "home_municipality_id": _l("Municipality of residence"), "arrival_date": _l("Date of arrival in Finland"),
    "status": _l("Stage"), "employment_status": _l("Employment status"), "relationship_started": _l("Client since"),
    "relationship_ended": _l("Relationship ended on"), "end_reason": _l("Reason for the end"), "onward_guidance": _l("Guidance onward"),
    "hold_reason": _l("Why the data are kept longer"),
    "responsible_worker": _l("Responsible worker"), "responsible_worker_id": _l("Responsible worker"),
}  # fmt: skip

REMINDER = {"content": _l("What to remember"), "due_on": _l("Day"), "written_by": _l("Written by"), "changed_at": _l("Changed")}

FACTS = {
    "source": _l("Source of the data"), "kind": _l("Kind"), "permit_type": _l("Type of permit"),
    "ground": _l("Ground"), "granted_date": _l("Granted on"), "valid_from": _l("Valid from"),
    "valid_to": _l("Valid to"), "right_to_work": _l("Right to work"), "is_first": _l("First permit or registration"),
    "language": _l("Language"), "part": _l("Skill"), "level": _l("Level"), "basis": _l("What the level rests on"),
    "established_on": _l("Established on"), "qualification": _l("Qualification"), "country": _l("Country"),
    "completed": _l("Completed"), "end_year": _l("Year of completion"), "years_of_schooling": _l("Years of schooling"),
    "recognition": _l("Recognition in Finland"), "occupation": _l("Occupation"), "started_on": _l("Started on"),
    "ended_on": _l("Ended on"), "description": _l("Description"), "relation": _l("Relation"),
    "person_name": _l("Name of the family member"), "lives_in_finland": _l("Lives in Finland"),
    "same_household": _l("Lives in the same household"), "tie_before_arrival": _l("Family tie existed before arrival"),
    "entry_date": _l("Date"), "content": _l("Entry"),
}  # fmt: skip

BROKEN = {
    "IDENTITY": _l("Give either the identity code or the reason for having none."), "BORN": _l("The date of birth is in the future. Check the year."),
    "INTERPRETING": _l("Choose the interpreting language."), "ORDER": _l("The end is before the start."),
    "YEAR": _l("The year must be between 1930 and this year."), "YEARS": _l("The number of years must be between 0 and 30."),
    "FUTURE": _l("The date is in the future. Give today or an earlier day."), "EARLY": _l("The client relationship had not begun by then."),
    "GUIDANCE": _l("Tell where the client was guided."), "BEFORE_END": _l("The client relationship had not ended by then."),
    "HELD": _l("The data are kept already."), "NOT_HELD": _l("The data are not kept longer than four years."),
}  # fmt: skip
