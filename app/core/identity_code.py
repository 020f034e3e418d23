"""Personal identity code (henkilötunnus, personbeteckning): check, normal form, mask.

Source: the structure of the Digital and Population Data Services Agency; checks by python-stdnum.
"""

from __future__ import annotations

import re
from datetime import date

from stdnum.exceptions import ValidationError
from stdnum.fi import hetu

_CENTURY = {**dict.fromkeys("+", 1800), **dict.fromkeys("-YXWVU", 1900), **dict.fromkeys("ABCDEF", 2000)}
_SHAPE = re.compile(r"[0-9]{6}[+\-A-FU-Y][0-9]{3}[0-9A-Y]", re.ASCII)
# Within a text, whatever stands around it, and written in either case.
_WITHIN = re.compile(r"(?<![0-9A-Z])[0-9]{6}[+\-A-FU-Y][0-9]{3}[0-9A-Y](?![0-9A-Z])", re.ASCII | re.IGNORECASE)


class IdentityCodeError(ValueError):
    """The text is not an identity code that may be stored."""


class RealCodeError(IdentityCodeError):
    """The code may be a living person's, where only invented persons are kept."""


def is_artificial(code: str) -> bool:
    """Tell whether a code in upper case has an individual number that no person has."""
    return code[7] == "9"


def real_code_in(text: str) -> bool:
    """Tell whether a text holds an identity code that a person may have."""
    return any(hetu.is_valid(found.group().upper(), allow_temporary=False) for found in _WITHIN.finditer(text))


def normal_form(text: str, *, today: date, artificial: bool | None) -> str:
    """Return the code in upper case; raise `IdentityCodeError` when it may not be stored.

    Individual numbers 900–999 belong to no person. Where `artificial` is true only they are taken, so that no person's code comes among
    invented ones; where it is false only the others; None takes either, for a code that is looked for and not kept.
    A birth date after `today` is refused; python-stdnum lets it through.
    """
    try:
        code = hetu.validate(text.strip(), allow_temporary=artificial is not False)
    except ValidationError as error:
        raise IdentityCodeError("not an identity code") from error
    if artificial and not is_artificial(code):
        raise RealCodeError("an identity code that a person may have")
    if not _SHAPE.fullmatch(code):
        raise IdentityCodeError("not an identity code")
    if birth_date(code) > today:
        raise IdentityCodeError("birth date in the future")
    return code


def birth_date(code: str) -> date:
    """Give the birth date written in a code in normal form."""
    return date(_CENTURY[code[6]] + int(code[4:6]), int(code[2:4]), int(code[:2]))


def check_character(born: date, individual: int) -> str:
    """Give the eleventh character for a birth date and an individual number."""
    return "0123456789ABCDEFHJKLMNPRSTUVWXY"[int(f"{born:%d%m%y}{individual:03d}") % 31]


def masked(code: str) -> str:
    """Hide the individual number and the check character: `010190-****`."""
    return f"{code[:7]}****"
