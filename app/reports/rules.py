"""Into which group a person belongs in figures, and whether what figures rest on is known; pure functions.

Values that only a right of its own shows (`app.codes.restricted`) are never a group of their own.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from dateutil.relativedelta import relativedelta

UNKNOWN = "UNKNOWN"
OTHER = "OTHER"

AGE_GROUPS = ((0, 6), (7, 17), (18, 24), (25, 34), (35, 44), (45, 54), (55, 64))
# Full years since the first permit, from and to; the last group has no end.
YEARS_SINCE = ((1, 2), (2, 3), (3, 5))

# The largest groups of foreign-language speakers (population statistics, 31 December 2025), each with the languages counted into it.
_TONGUES = {
    "ru": "", "et": "", "uk": "", "ar": "", "en": "", "so": "", "fa": "prs haz", "zh": "cmn yue", "sq": "", "ku": "ckb kmr", "vi": "", "bn": "",
    "tr": "", "tl": "fil", "th": "",
}  # fmt: skip
MOTHER_TONGUES = tuple(_TONGUES)

# What is in none of the groups is Asia and Oceania.
_COUNTRIES = {
    "FI": "FI",
    "EU_EEA": "AT BE BG CH CY CZ DE DK EE ES FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK AX",
    "UA": "UA",
    "RU": "RU",
    "EUROPE": "AD AL BA BY FO GB GG GI IM JE MC MD ME MK RS SJ SM VA XK",
    "MIDDLE_EAST": "AE AM AZ BH CY GE IL IQ IR JO KW LB OM PS QA SA SY TR YE",
    "AFRICA": "AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW IO KE KM LR LS LY MA MG ML MR MU MW MZ NA NE NG RE RW SC SD "
              "SH SL SN SO SS ST SZ TD TF TG TN TZ UG YT ZA ZM ZW",
    "AMERICA": "AG AI AR AW BB BL BM BO BQ BR BS BZ BV CA CL CO CR CU CW DM DO EC FK GD GF GL GP GS GT GY HN HT JM KN KY LC MF MQ MS MX NI PA PE "
               "PM PR PY SR SV SX TC TT US UY VC VE VG VI",
    "STATELESS": "XXX",
}  # fmt: skip
_ASIA = "ASIA_OCEANIA"
CITIZENSHIPS = ("FI", "EU_EEA", "UA", "RU", "EUROPE", "MIDDLE_EAST", "AFRICA", _ASIA, "AMERICA", "STATELESS")

_RESIDENCE = {
    "ASYLUM": "P87 P88", "QUOTA": "P90", "TEMPORARY": "P110", "HUMANITARIAN": "P93 P51 P52 P52A P54_5 P89", "FAMILY_PROTECTED": "P114 P115",
    "FAMILY": "FAMILY_FI FAMILY_OTHER", "WORK": "WORK ENTREPRENEUR RESEARCH", "STUDY": "STUDY", "FREE_MOVEMENT": "EU_EEA NORDIC", OTHER: "RETURNEE OTHER",
}  # fmt: skip
RESIDENCE_GROUNDS = tuple(_RESIDENCE)

_EDUCATION = {"0-1": "0N 0 1", "2": "2", "3-4": "3G 3V 4", "5-8": "5 6 7 8"}
EDUCATIONS = tuple(_EDUCATION)

_OWN_REQUEST = "A4"


def _by_member(groups: Mapping[str, str]) -> dict[str, str]:
    """Turn groups round; of a member of several the first group holds."""
    found: dict[str, str] = {}
    for group, members in groups.items():
        for one in members.split():
            found.setdefault(one, group)
    return found


_TONGUE_OF = {**_by_member(_TONGUES), **{one: one for one in _TONGUES}}
_CITIZENSHIP_OF, _RESIDENCE_OF, _EDUCATION_OF = map(_by_member, (_COUNTRIES, _RESIDENCE, _EDUCATION))


def age_group(years: int) -> str:
    """Give the group of an age in full years."""
    return next((f"{low}-{high}" for low, high in AGE_GROUPS if years <= high), "65-")


def gender_group(code: str | None) -> str:
    """Give the gender; 9 is the population register's own "not known"."""
    return code if code and code != "9" else UNKNOWN


def tongue_group(language: str) -> str:
    """Give the language itself if it is one of the largest, or the one it is counted into."""
    return _TONGUE_OF.get(language, OTHER)


def citizenship_group(country: str) -> str:
    """Give the group of a citizenship."""
    return _CITIZENSHIP_OF.get(country, _ASIA)


def residence_group(ground: str | None) -> str:
    """Give the group of the first permit's ground."""
    return _RESIDENCE_OF.get(ground, OTHER) if ground else UNKNOWN


def education_group(levels: Collection[str]) -> str:
    """Give the group of the highest level among those recorded, completed or not."""
    found = [_EDUCATION_OF[level] for level in levels if level in _EDUCATION_OF]
    return max(found) if found else UNKNOWN


def ground_group(ground: str | None) -> str:
    """Give the ground of an assessment; that of a victim of trafficking is told with the own requests. Basis: 681/2023 § 14.1."""
    return (_OWN_REQUEST if ground == "A7" else ground) if ground else UNKNOWN


def ordinal_group(ordinal: int | None) -> str:
    """Give which plan a person is at: none, the first, the second or a later one."""
    return "0" if not ordinal else "3-" if ordinal > 2 else str(ordinal)


def since_group(first_permit_on: date | None, day: date) -> str:
    """Give the group of full years since the first permit; the anniversary begins the next."""
    if first_permit_on is None:
        return UNKNOWN
    years = relativedelta(day, first_permit_on).years
    return "0-1" if years < 1 else next((f"{low}-{high}" for low, high in YEARS_SINCE if years < high), "5-")


def is_complete(
    *, has_permit: bool, has_identity: bool, citizenship: str | None, mother_tongue: str | None, education: str, has_plan_dates: bool
) -> bool:
    """Tell whether all that figures rest on is known of a person: this is what completeness means in every report.

    The day of the first permit; an identity code or the reason of having none; citizenship; mother tongue; level of education; and of a person
    with a plan that its days are in order. A language or a level that is recorded as not known is not known.
    """
    known = (has_permit, has_identity, bool(citizenship), mother_tongue not in (None, "", "mis"), education != UNKNOWN, has_plan_dates)
    return all(known)
