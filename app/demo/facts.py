"""Languages, education, work, family and entries of an invented client."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from app.clients.facts import EducationRecord, FamilyLink, LanguageSkill, Note, WorkRecord
from app.demo.draw import Draw
from app.demo.families import Person
from app.demo.path import Path
from app.demo.rows import ClientRows
from app.demo.source import by_education, names, texts

# Level of education and the age at which it is reached.
_SCHOOL_AGE = {"0N": 7, "1": 13, "2": 16, "3G": 19, "3V": 20, "5": 21, "6": 23, "7": 26, "8": 32}
_SCHOOL = "0N:8 1:14 2:19 3G:19 3V:15 5:3 6:14 7:7 8:1"
_YEARS = {"0N": (0, 1), "1": (3, 6), "2": (7, 9), "3G": (11, 12), "3V": (11, 13), "5": (13, 14), "6": (15, 16), "7": (17, 18), "8": (20, 22)}
_FIRST_LEVELS = "ALLE_A1.1:20 A1.1:34 A1.2:22 A1.3:14 A2.1:7 A2.2:3"
_LATER_LEVELS = "A1.1:8 A1.2:14 A1.3:20 A2.1:24 A2.2:17 B1.1:12 B1.2:4 B2.1:1"
_LEVELS = ("ALLE_A1.1", "A1.1", "A1.2", "A1.3", "A2.1", "A2.2", "B1.1", "B1.2", "B2.1", "B2.2")
_PARTS = ("LISTENING", "READING", "SPEAKING", "WRITING")
_TIES = "PARENT:4 SIBLING:4 SPOUSE:2 CHILD:2 OTHER:1"
_NOTES = "MEETING:40 CALL:25 MESSAGE:14 AUTHORITY:13 OTHER:8"


@dataclass(frozen=True)
class Skills:
    """What later texts must agree with: level of education, level in Finnish or Swedish, an occupation if any."""

    education: str
    level: str
    occupation: str | None

    @property
    def is_literate(self) -> bool:
        return self.education not in ("0N", "1")


def add_facts(rows: ClientRows, draw: Draw, person: Person, path: Path, on: date) -> Skills:
    """Add what is known of the client; gives what later texts must agree with."""
    written = "sv" if person.language == "sv" else "fi"
    education = _education(rows, draw, person, path, written)
    occupation = _work(rows, draw, person, path, education, written)
    level = _languages(rows, draw, person, path, on)
    _family(rows, draw, person, path)
    _notes(rows, draw, path, written, on)
    return Skills(education, level, occupation)


def _education(rows: ClientRows, draw: Draw, person: Person, path: Path, written: str) -> str:
    reached = path.arrived.year - person.birth_date.year
    level = draw.of(_SCHOOL)
    if _SCHOOL_AGE[level] >= reached:
        level = "2" if reached > 16 else "1" if reached > 13 else "0N"
    is_done = level != "0N" and draw.chance(0.8)
    low, high = _YEARS[level]
    titles = by_education("qualifications", written).get(level)
    end = person.birth_date.year + _SCHOOL_AGE[level] + draw.number(0, 3) if is_done else None
    recognition = draw.of("NOT_APPLIED:5 PENDING:2 RECOGNISED:2 NOT_NEEDED:3 REFUSED:0.4") if is_done and titles else None
    rows.add(
        EducationRecord, path.contact, level=level, qualification=draw.one(titles) if is_done and titles else None, country=person.origin.country,
        completed=is_done, end_year=min(end, path.arrived.year - 1) if end else None, years_of_schooling=draw.number(low, high),
        recognition=recognition, source=draw.of("CLIENT:6 DOCUMENT:3"),
    )  # fmt: skip
    return level


def _work(rows: ClientRows, draw: Draw, person: Person, path: Path, education: str, written: str) -> str | None:
    """Add jobs one after the other between school and arrival; gives the last occupation."""
    first = date(person.birth_date.year + max(17, _SCHOOL_AGE[education] + 1), draw.number(1, 12), 1)
    group = "6" if education in ("6", "7", "8") else "3" if education in ("3G", "3V", "5") else "1"
    occupation = None
    for _number in range(draw.number(0, 3)):
        last = path.arrived - timedelta(days=30)
        ends = first + timedelta(days=draw.number(200, 2600))
        if first >= last:
            break
        occupation = draw.one(by_education("occupations", written)[group if draw.chance(0.75) else "1"])
        rows.add(
            WorkRecord, path.contact, occupation=occupation, country=person.origin.country, started_on=first, ended_on=min(ends, last),
            description=draw.one(texts("work", written)) if draw.chance(0.5) else None, source=draw.of("CLIENT:8 DOCUMENT:2"),
        )  # fmt: skip
        first = date((min(ends, last)).year + 1, draw.number(1, 12), 1)
    return occupation


def _languages(rows: ClientRows, draw: Draw, person: Person, path: Path, on: date) -> str:
    """Add the language studied, by parts once it is tested, and another one; gives the overall level."""
    studied = "sv" if person.language == "sv" else "fi"
    is_later = path.completed is not None
    level = draw.of(_LATER_LEVELS if is_later else _FIRST_LEVELS)
    if person.origin.language != studied:
        known = path.started or path.contact
        basis, source = ("START_TEST", "WORKER") if is_later else draw.one((("SELF", "CLIENT"), ("WORKER", "WORKER")))
        is_tested = is_later and draw.chance(0.7)
        seen = draw.between(known, path.completed or on)
        rows.add(LanguageSkill, seen, language=studied, part="OVERALL", level=level, basis=basis, established_on=seen, source=source)
        for part in _PARTS if is_tested else ():
            near = _LEVELS[max(0, min(len(_LEVELS) - 1, _LEVELS.index(level) + draw.number(-1, 1)))]
            rows.add(LanguageSkill, seen, language=studied, part=part, level=near, basis=basis, established_on=seen, source=source)
    if person.origin.others and draw.chance(0.55):
        rows.add(LanguageSkill, path.contact, language=draw.one(person.origin.others), part="OVERALL", level=draw.one(_LEVELS[3:]), basis="SELF",
                 established_on=path.contact, source="CLIENT")  # fmt: skip
    return level


def _family(rows: ClientRows, draw: Draw, person: Person, path: Path) -> None:
    for relation, other in person.relatives:
        rows.add(FamilyLink, path.contact, relation=relation, person_name=other.name, lives_in_finland=True, same_household=True,
                 tie_before_arrival=relation != "SPOUSE" or draw.chance(0.9), source=draw.of("CLIENT:7 MIGRI:2 DVV:2"))  # fmt: skip
    for _number in range(draw.number(0, 2) if draw.chance(0.5) else 0):
        relation = draw.of("PARENT:4 SIBLING:4 OTHER:1" if person.relatives else _TIES)
        kinds = names(person.origin.names)
        given = draw.one(kinds[draw.one(("given_female", "given_male"))])
        family = person.family_name if relation in ("CHILD", "SIBLING") else draw.one(kinds.get("family") or kinds.get("fathers_name") or kinds["given_male"])
        rows.add(FamilyLink, path.contact, relation=relation, person_name=f"{given} {family}", lives_in_finland=(here := draw.chance(0.35)),
                 same_household=here and draw.chance(0.4), tie_before_arrival=draw.chance(0.9), source="CLIENT")  # fmt: skip


def _notes(rows: ClientRows, draw: Draw, path: Path, written: str, on: date) -> None:
    rows.add(Note, path.contact, kind=draw.of("AUTHORITY:4 MEETING:3 CALL:2"), entry_date=path.contact, content=draw.one(texts("contact", written)))
    if path.assessment == "INTERVIEW_BOOKED":
        when = on + timedelta(days=draw.number(1, 28))
        when += timedelta(days=max(0, 7 - when.weekday()) if when.weekday() > 4 else 0)
        day = f"{when.day}.{when.month}.{when.year} {'klo' if written == 'fi' else 'kl.'} {draw.of('9:1 10:1 12:1 13:1 14:1')}"
        made = draw.between(path.started or path.contact, on)
        rows.add(Note, made, kind="MEETING", entry_date=made, content=draw.one(texts("booking", written)).format(when=day))
    first, last = path.contact, on if path.stage not in ("CLOSED", "PLAN_ENDED") else max(path.contact, on - timedelta(days=60))
    for _number in range(draw.number(0, min(4, (last - first).days // 20))):
        kind, day_of_entry = draw.of(_NOTES), draw.between(first, last)
        rows.add(Note, day_of_entry, kind=kind, entry_date=day_of_entry, content=draw.one(texts(f"note:{kind}", written)))
