"""What a person is counted by, found row by row from the words of the definitions."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from tests.reports.oracle.register import Register, Row

_TONGUES = ["ru", "et", "uk", "ar", "en", "so", "fa", "zh", "sq", "ku", "vi", "bn", "tr", "tl", "th"]
_WIDER = {"prs": "fa", "haz": "fa", "cmn": "zh", "yue": "zh", "ckb": "ku", "kmr": "ku", "fil": "tl"}
_REGIONS = {
    "EU_EEA": "EE LV LT SE NO DK IS DE PL RO BG HU IT ES FR NL GR PT IE CZ SK AT BE CH CY",
    "EUROPE": "GB XK BA AL RS MK ME MD BY", "MIDDLE_EAST": "IQ IR SY TR LB JO PS YE IL AM AZ GE SA AE",
    "AFRICA": "NG SO ET ER CD CM GH KE SD MA EG TN DZ GM RW BI UG", "AMERICA": "US CA BR CO VE MX CU PE AR CL NI", "STATELESS": "XXX",
    "ASIA_OCEANIA": "AF BD CN ID IN JP KH KR KZ LA LK MM MN MY NP PH PK TH TJ TM UZ VN AU NZ",
}  # fmt: skip
_GROUNDS = {
    "P87": "ASYLUM", "P88": "ASYLUM", "P90": "QUOTA", "P110": "TEMPORARY", "P114": "FAMILY_PROTECTED", "P115": "FAMILY_PROTECTED",
    "FAMILY_FI": "FAMILY", "FAMILY_OTHER": "FAMILY", "WORK": "WORK", "ENTREPRENEUR": "WORK", "RESEARCH": "WORK", "STUDY": "STUDY",
    "EU_EEA": "FREE_MOVEMENT", "NORDIC": "FREE_MOVEMENT", "RETURNEE": "OTHER", "OTHER": "OTHER",
}  # fmt: skip


def dims_of(register: Register, client: Row, day: date) -> dict[str, str]:
    """Give every breakdown of a person at the end of a day."""
    permit = first_permit(register, client, day)
    return {
        "RESPONSIBLE": _responsible(register, client, day),
        "GENDER": client["gender"] if client["gender"] in ("1", "2") else "UNKNOWN",
        "AGE_GROUP": _age_group(full_years(client["birth_date"], day)),
        "ASSESSMENT_GROUND": _ground(register, client, day),
        "RESIDENCE_GROUND": _GROUNDS.get(permit["ground"], "HUMANITARIAN") if permit else "UNKNOWN",
        "MOTHER_TONGUE": _tongue(client["mother_tongue"]),
        "CITIZENSHIP": _region(client["citizenship"]),
        "EDUCATION": _education(register, client),
        "LITERACY": _literacy(register, client, day),
        "COUNTY": "YES" if any(_takes_part(row, day) for row in register.of("participation", client["id"])) else "NO",
        "PLAN_ORDINAL": _ordinal(register, client, day),
        "TIME_SINCE_PERMIT": _since(permit, day),
    }


def full_years(since: date, day: date) -> int:
    """Count birthdays; one of 29 February is kept on the 28th of a common year."""
    years = day.year - since.year
    is_leap = day.year % 4 == 0 and (day.year % 100 != 0 or day.year % 400 == 0)
    begun = (2, 28) if (since.month, since.day) == (2, 29) and not is_leap else (since.month, since.day)
    return years if (day.month, day.day) >= begun else years - 1


def day_in_finland(moment: datetime) -> date:
    return moment.astimezone(ZoneInfo("Europe/Helsinki")).date()


def standing_assessments(register: Register, client: Row, day: date) -> list[Row]:
    """Give those begun and not cancelled by the end of the day, oldest first; one begun by mistake never stood."""
    found = []
    for row in register.of("assessment", client["id"]):
        is_mistake = row["cancel_reason"] == "MISTAKE"
        is_off = row["status"] == "CANCELLED" and (row["cancelled_on"] is None or row["cancelled_on"] <= day)
        if row["started_on"] <= day and not is_mistake and not is_off:
            found.append(row)
    return sorted(found, key=lambda row: (row["started_on"], row["id"]))


def first_permit(register: Register, client: Row, day: date) -> Row | None:
    found = [row for row in register.of("residence_basis", client["id"]) if row["kind"] != "OTHER" and row["granted_date"] <= day]
    first = min((row["granted_date"] for row in found), default=None)
    return max((row for row in found if row["granted_date"] == first), key=lambda row: str(row["id"]), default=None)


def _responsible(register: Register, client: Row, day: date) -> str:
    held = [row for row in register.of("responsibility_period", client["id"]) if row["starts_on"] <= day <= (row["ends_on"] or date.max)]
    return str(max(held, key=lambda row: (row["starts_on"], row["id"]))["responsible"]) if held else "MUNI"


def _age_group(years: int) -> str:
    if years >= 65:
        return "65-"
    if years < 7:
        return "0-6"
    if years < 18:
        return "7-17"
    if years < 25:
        return "18-24"
    tens = (years - 25) // 10 * 10 + 25
    return f"{tens}-{tens + 9}"


def _ground(register: Register, client: Row, day: date) -> str:
    found = standing_assessments(register, client, day)
    return "UNKNOWN" if not found else "A4" if found[-1]["ground"] == "A7" else str(found[-1]["ground"])


def _tongue(language: str) -> str:
    language = _WIDER.get(language, language)
    return language if language in _TONGUES else "OTHER"


def _region(country: str) -> str:
    if country in ("FI", "UA", "RU"):
        return country
    return next(region for region, countries in _REGIONS.items() if country in countries.split())


def _education(register: Register, client: Row) -> str:
    order = ["0N", "0", "1", "2", "3G", "3V", "4", "5", "6", "7", "8"]
    known = [order.index(row["level"]) for row in register.of("education_record", client["id"]) if row["level"] in order]
    if not known:
        return "UNKNOWN"
    return ["0-1", "0-1", "0-1", "2", "3-4", "3-4", "3-4", "5-8", "5-8", "5-8", "5-8"][max(known)]


def _literacy(register: Register, client: Row, day: date) -> str:
    for assessment in reversed(standing_assessments(register, client, day)):
        for row in register.of("interview_section", client["id"]):
            if row["assessment_id"] == assessment["id"] and row["section"] == "LITERACY" and row["need_level"] is not None:
                return str(row["need_level"])
    return "UNKNOWN"


def _takes_part(row: Row, day: date) -> bool:
    is_accepted = row["accepted_at"] is not None and day_in_finland(row["accepted_at"]) <= day
    is_over = row["valid_to"] < day or (row["ended_at"] is not None and day_in_finland(row["ended_at"]) <= day)
    return is_accepted and not is_over


def _ordinal(register: Register, client: Row, day: date) -> str:
    drawn_up = [row for row in register.of("integration_plan", client["id"]) if row["drawn_up_date"] <= day]
    highest = max((row["ordinal"] for row in drawn_up if row["status"] not in ("DRAFT", "ANNULLED")), default=0)
    return ["0", "1", "2", "3-"][min(highest, 3)]


def _since(permit: Row | None, day: date) -> str:
    if permit is None:
        return "UNKNOWN"
    return ["0-1", "1-2", "2-3", "3-5", "3-5", "5-"][min(full_years(permit["granted_date"], day), 5)]
