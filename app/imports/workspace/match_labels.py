"""Why two records are thought to be of one person, in words."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

WHY: dict[str, Any] = {
    "SOURCE_KEY": _l("The old system knows both by the same key."), "CODE": _l("The identity code is the same."),
    "CODE_CHANGED": _l("The identity codes differ, but the name and the date of birth agree: a code may have been corrected."),
    "CODE_OF_ANOTHER": _l("The identity code is the same but the name is another: the code may stand on the wrong row."),
    "FAMILY_NAME_CHANGED": _l("The given names are the same and the family name is another: it may have changed."),
    "TWIN": _l("The family name and the date of birth are the same, the given names are others."),
    "OTHER_NAME": _l("The names are others."), "OTHER_BIRTH_DATE": _l("The dates of birth are others."), "BIRTH_NEAR": _l("The dates of birth are nearly the same."),
    "NO_BIRTH_DATE": _l("A date of birth is missing."), "OTHER_GENDER": _l("The genders are others."), "OTHER_CODE": _l("The identity codes are others."),
    "SAME": _l("The names are the same."), "SHARED": _l("The names have a part in common."), "SPELLED": _l("The names are spelled in two ways."),
    "CALLED": _l("One of the names is the calling name."), "SWAPPED": _l("The family name and the given names have changed places."),
    "NEAR": _l("The names are nearly the same."), "FAMILY": _l("The family names are the same."), "GIVEN": _l("The given names are the same."),
    "NONE": _l("The names are others."),
}  # fmt: skip
IS_TWIN = "TWIN"
