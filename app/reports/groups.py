"""The groups of persons in figures: which codes each holds, in the order they are shown."""

from __future__ import annotations

from collections.abc import Mapping

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
    "MIDDLE_EAST": "AE AM AZ BH GE IL IQ IR JO KW LB OM PS QA SA SY TR YE",
    "AFRICA": "AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW IO KE KM LR LS LY MA MG ML MR MU MW MZ NA NE NG RE RW SC SD "
              "SH SL SN SO SS ST SZ TD TF TG TN TZ UG YT ZA ZM ZW",
    "AMERICA": "AG AI AR AW BB BL BM BO BQ BR BS BZ BV CA CL CO CR CU CW DM DO EC FK GD GF GL GP GS GT GY HN HT JM KN KY LC MF MQ MS MX NI PA PE "
               "PM PR PY SR SV SX TC TT US UY VC VE VG VI",
    "STATELESS": "XXX",
}  # fmt: skip
ASIA_OCEANIA = "ASIA_OCEANIA"
CITIZENSHIPS = ("FI", "EU_EEA", "UA", "RU", "EUROPE", "MIDDLE_EAST", "AFRICA", ASIA_OCEANIA, "AMERICA", "STATELESS")

_RESIDENCE = {
    "ASYLUM": "P87 P88", "QUOTA": "P90", "TEMPORARY": "P110", "HUMANITARIAN": "P93 P51 P52 P52A P54_5 P89", "FAMILY_PROTECTED": "P114 P115",
    "FAMILY": "FAMILY_FI FAMILY_OTHER", "WORK": "WORK ENTREPRENEUR RESEARCH", "STUDY": "STUDY", "FREE_MOVEMENT": "EU_EEA NORDIC", OTHER: "RETURNEE OTHER",
}  # fmt: skip
RESIDENCE_GROUNDS = tuple(_RESIDENCE)

_EDUCATION = {"0-1": "0N 0 1", "2": "2", "3-4": "3G 3V 4", "5-8": "5 6 7 8"}
EDUCATIONS = tuple(_EDUCATION)


# Levels of Finnish or Swedish, by what a level begins with.
LEVEL_OF = {"ALLE": "BELOW", "A1": "A1", "A2": "A2", "B1": "B1", "B2": "B2-", "C1": "B2-", "C2": "B2-"}
LANGUAGE_LEVELS = tuple(dict.fromkeys(LEVEL_OF.values()))


def _by_member(groups: Mapping[str, str]) -> dict[str, str]:
    """Turn groups round."""
    return {member: group for group, members in groups.items() for member in members.split()}


TONGUE_OF = {**_by_member(_TONGUES), **{one: one for one in _TONGUES}}
CITIZENSHIP_OF, RESIDENCE_OF, EDUCATION_OF = map(_by_member, (_COUNTRIES, _RESIDENCE, _EDUCATION))
