"""Labels and sentences of organisations and their changes."""

from flask_babel import lazy_gettext as _l

ORGANISATION = {
    "name_fi": _l("Name in Finnish"), "name_sv": _l("Name in Swedish"), "kind": _l("Kind"), "code": _l("Code"), "valid_from": _l("Valid from"),
    "valid_to": _l("Valid to"), "successor_code": _l("Continued by"), "region_code": _l("Region of the municipality"), "wellbeing_county_code": _l("Wellbeing services county"),
    "employment_area_code": _l("Employment area"), "economic_development_centre_code": _l("Economic development centre"),
}  # fmt: skip
HELP = {
    "code": _l("A municipality has the three digits of Statistics Finland. A code is never given twice."),
    "name_fi": _l("As official Finnish texts write it."), "name_sv": _l("As official Swedish texts write it; the same text where there is no other."),
}  # fmt: skip
BROKEN = {
    "CODE": _l("The code of a municipality is three digits; others have at most twelve capital letters, digits and hyphens."),
    "CODE_TAKEN": _l("An organisation of this kind has or has had this code. Choose another."),
    "NAME_TAKEN": _l("Another organisation of this kind has this name."),
    "AREA": _l("There is no such area in force. Give its code."),
    "ORDER": _l("The end is before the start."),
    "SAME": _l("The organisation has these names already."),
    "PAST": _l("The day is in the past. Give today or a later day."),
    "ENDED": _l("The organisation has ended or its end is planned already."),
    "RENAMING": _l("New names are already to come. Take that change back first."),
    "BEFORE": _l("The organisation has not begun by then."),
    "MUNICIPALITY": _l("A municipality does not end without another that continues it. Merge it."),
    "SELF": _l("An organisation cannot be merged into itself."),
    "KIND": _l("Only municipalities can be merged, and only into a municipality."),
    "NOT_AHEAD": _l("Give a day to come: until then the merger can be taken back."),
    "ENDED_NEW": _l("The organisation that would continue has ended or its end is planned."),
    "NOT_YET": _l("The organisation that would continue has not begun by then."),
    "RECEIVES": _l("Other municipalities are to merge into this one. Take those mergers back first."),
}  # fmt: skip
COUNTED = {
    "clients": _l("Clients"), "closed": _l("Ended client relationships"), "plans": _l("Integration plans"), "rights": _l("Access rights"),
    "transfers": _l("Open transfers"), "shares": _l("Invitations and shares"), "rows": _l("Records"),
}  # fmt: skip
