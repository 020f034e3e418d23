"""Reasons of suggestions, cures of findings and lines of the compatibility report, in words."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

REASONS: dict[str, Any] = {
    "NAME_LABEL": _l("The heading is the name of the field."),
    "NAME_KEY": _l("The heading is the key of the field."),
    "NAME_SYNONYM": _l("The heading is another word for the field."),
    "NAME_ALIKE": _l("The heading is like a name of the field: %(about)s."),
    "VALUES_FIT": _l("The values are such as the field takes."),
    "VALUES_MISFIT": _l("The values are not such as the field takes."),
    "VALUES_SHAPE": _l("The heading tells nothing, but the values have the shape of the field's."),
    "EARLIER": _l("An earlier mapping brought the same heading here: %(about)s."),
    "SPLIT_COMMA": _l("The column holds the family name and the given names with a comma between them."),
    "SPLIT_FAMILY_FIRST": _l("The column holds the family name first and the given names after it."),
    "SPLIT_GIVEN_FIRST": _l("The column holds the given names first and the family name after them."),
    "SPLIT_UNSURE": _l("The column holds the whole name. Check which part comes first."),
    "SPLIT_POSTAL": _l("The column holds the postal code and the post office."),
}
CURES: dict[str, Any] = {
    "SOURCE_KEY_MISSING": _l("Give the row the key by which the old system knows it."),
    "SOURCE_KEY_TWICE": _l("Give each row a key of its own, or leave out the row that is there twice."),
    "REQUIRED": _l("Fill in the field, or give the mapping a default and its source."),
    "ONE_OF": _l("Fill in the identity code, or choose the reason for having none."),
    "BAD_DATE": _l("Write the date as day.month.year or year-month-day."),
    "AMBIGUOUS_DATE": _l("Choose in the mapping whether the day or the month comes first."),
    "BAD_NUMBER": _l("Write a number without words and with no more decimals than the field holds."),
    "BAD_BOOLEAN": _l("Write yes or no, or leave the field empty."),
    "BAD_IDENTITY_CODE": _l("Check the identity code, or leave it empty and choose the reason for having none."),
    "UNKNOWN_CODE": _l("Choose in the mapping which value of the list this is."),
    "UNKNOWN_PARENT": _l("Bring the row it points at too, or correct the key."),
    "MATCH_LIKELY": _l("Compare the two, and decide whether they are the same person."),
    "MATCH_TWICE": _l("Compare the two rows, and decide whether they are the same person."),
    "MATCH_CODE_OF_ANOTHER": _l("Find out whose the code is. Correct the other one, or leave it empty and choose the reason for having none."),
    "MATCH_JOINED": _l("Nothing needs to be done. If they are two persons, correct the identity code."),
    "TOO_LONG": _l("Shorten the text, or move a part of it to an entry."),
    "BIRTH_DATE_DIFFERS": _l("Check which of the two is right, and correct the other."),
    "FIRST_PERMIT_MISSING": _l("Find the day in the permit decision or the population information system."),
    "FIRST_PLAN_MISSING": _l("Find the day the first plan was signed."),
    "EXAMPLE_ROW": _l("Nothing needs to be done."),
    "PLAN_WITHOUT_ASSESSMENT": _l("Bring the assessment, and write its key in the row of the plan."),
    "SAME_ROW": _l("Nothing needs to be done."),
    "PARENT_STOPPED": _l("Correct the row it belongs to; this one is then brought with it."),
    "UNKNOWN_WORKER": _l("Apply for the worker's right first, or choose the responsible worker here afterwards."),
    "CHANGED_SINCE": _l("Compare the two, and correct the record here if the file is right."),
    "GONE_SINCE": _l("Add the record here by hand if it is needed after all."),
    "REGISTER_DIFFERS": _l("Compare the two, and correct the client here if the file is right."),
    "NOT_WRITTEN": _l("Check the values of the row and of the client's other rows that must be unique."),
    "SERVICE_WITHOUT_JUSTIFICATION": _l("Write why the service serves the goal of the plan."),
}
LAW: dict[str, Any] = {
    "none": _l("The law does not let it be kept: it is none of the data of section 73."),
    "health": _l("The law lets it be kept only when it affects integration and cannot be done without (section 73). Such data go into a restricted section of the assessment."),
    "system": _l("It is about the old system itself and needs no place here."),
    "unknown": _l("There is no field for it. Keep only what belongs to the data of section 73."),
}
LOSSES: dict[str, Any] = {
    "TIME_OF_DAY": _l("The time of day is lost: the field holds a day."),
    "CUT": _l("The text is longer than the field holds."),
    "VALUES_JOINED": _l("Several values become the same value of the list."),
    "VALUES_DROPPED": _l("Some values are brought as empty."),
    "COLUMNS_JOINED": _l("Several columns become one text."),
    "SPLIT": _l("One column becomes two fields, told apart by their order."),
}
LACKS: dict[str, Any] = {
    "REQUIRED": _l("The field must be filled in, and nothing in the file fills it."),
    "ESSENTIAL": _l("The time limits of the law are counted from this field, and nothing in the file fills it."),
    "ONE_OF": _l("Neither the identity code nor the reason for having none is in the file."),
}


def in_words(texts: dict[str, Any], key: str, about: str = "") -> str:
    """Give the sentence of a key; `about` stands where the sentence has room for it."""
    return str(texts[key]) % {"about": about}
