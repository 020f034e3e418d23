"""Why two persons may be one, in words."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

REASONS: dict[str, Any] = {
    "CODE": _l("The same identity code"),
    "SOURCE_KEY": _l("The same key in the old system"),
    "SAME": _l("The same name"),
    "SHARED": _l("The same family name and one given name in common"),
    "SPELLED": _l("The same name in another spelling or script"),
    "CALLED": _l("The same family name, and the name used stands for the given names"),
    "SWAPPED": _l("Family name and given name the other way round"),
    "NEAR": _l("Nearly the same name"),
    "FAMILY": _l("The same family name and other given names"),
    "GIVEN": _l("The same given names and another family name"),
    "NONE": _l("Quite another name"),
    "FAMILY_NAME_CHANGED": _l("The same given names and date of birth, another family name"),
    "CODE_CHANGED": _l("The same date of birth and name, another identity code"),
    "CODE_OF_ANOTHER": _l("The same identity code, quite another name or date of birth"),
    "TWIN": _l("The same date of birth and family name, other given names: perhaps a twin"),
    "OTHER_NAME": _l("Another name"),
    "OTHER_CODE": _l("Another identity code"),
    "OTHER_GENDER": _l("Another gender"),
    "BIRTH_NEAR": _l("Nearly the same date of birth"),
    "OTHER_BIRTH_DATE": _l("Another date of birth"),
    "NO_BIRTH_DATE": _l("The date of birth is missing from one"),
}
