"""Whether two persons are one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from app.imports.matching.labels import REASONS
from app.imports.matching import names
from app.imports.matching.rules import DIFFERENT, LIKELY, SURE, Person, judge, of_record

BORN, OTHER_DAY = date(1990, 3, 12), date(1974, 11, 28)
A, B = "120390-9213", "120390-932E"


def person(family: str, given: str, call: str | None = None, *, born: date | None = BORN, code: str | None = None, gender: str | None = None, key: str | None = None) -> Person:
    return Person.of(family, given, call, birth_date=born, code=code, gender=gender, key=key)


def case(one: Person, other: Person, kind: str, *reasons: str, id: str) -> object:
    return pytest.param(one, other, kind, reasons, id=id)


ANNA = person("Virtanen", "Anna Liisa")
CASES = [
    # One code.
    case(person("Virtanen", "Anna", code=A), person("Virtanen", "Anna", code=A), SURE, "CODE", "SAME", id="code-and-all-else"),
    case(person("VIRTANEN", "ANNA", code=A), person("virtanen", "anna", code=A), SURE, "CODE", "SAME", id="code-capitals"),
    case(person("Virtanen", "Anna Liisa", code=A), person("Virtanen", "Anna", code=A), SURE, "CODE", "SAME", id="code-one-of-two-given-names"),
    case(person("Virtanen", "Anna Liisa", code=A), person("Virtanen", "Liisa Maria", code=A), SURE, "CODE", "SHARED", id="code-one-name-shared"),
    case(person("Virtanen", "Anna", code=A), person("Anna", "Virtanen", code=A), SURE, "CODE", "SWAPPED", id="code-names-swapped"),
    case(person("Virtanen", "Aleksandra", "Sanja", code=A), person("Virtanen", "Sanja", code=A), SURE, "CODE", "CALLED", id="code-called"),
    case(person("Ковальчук", "Юлия", code=A), person("Kovalchuk", "Julia", code=A), SURE, "CODE", "SPELLED", id="code-cyrillic"),
    case(person("محمد", "فاطمة", code=A), person("Mohammed", "Fatima", code=A), SURE, "CODE", "SPELLED", id="code-arabic"),
    case(person("Virtanem", "Anna", code=A), person("Virtanen", "Anna", code=A), SURE, "CODE", "NEAR", id="code-mistyped-name"),
    case(person("Virtanen", "Anna", code=A), person("Lahtinen", "Anna", code=A), SURE, "CODE", "FAMILY_NAME_CHANGED", id="code-married"),
    case(person("Virtanen", "Anna", code=A), person("Virtanen", "Anna", code=A, born=date(1990, 12, 3)), SURE, "CODE", "SAME", "BIRTH_NEAR", id="code-day-and-month-swapped"),
    case(person("Virtanen", "Anna", code=A), person("Virtanen", "Anna", code=A, born=None), SURE, "CODE", "SAME", id="code-no-birth-date"),
    case(person("Virtanen", "Anna", code=A), person("Virtanen", "Anna", code=A, born=OTHER_DAY), LIKELY, "CODE", "SAME", "OTHER_BIRTH_DATE", id="code-quite-another-date"),
    case(person("Virtanen", "Anna", code=A, gender="F"), person("Virtanen", "Anna", code=A, gender="M"), SURE, "CODE", "SAME", id="code-gender-mistyped"),
    case(person("Virtanen", "Anna", code=A), person("Virtanen", "Eero", code=A), LIKELY, "CODE_OF_ANOTHER", "TWIN", id="code-of-the-twin"),
    case(person("Virtanen", "Anna", code=A), person("Virtanen", "Eero", code=A, born=OTHER_DAY), LIKELY, "CODE_OF_ANOTHER", "OTHER_NAME", "OTHER_BIRTH_DATE", id="code-of-the-child"),
    case(person("Virtanen", "Anna", code=A), person("Haddad", "Omar", code=A, born=OTHER_DAY), LIKELY, "CODE_OF_ANOTHER", "OTHER_NAME", "OTHER_BIRTH_DATE", id="code-of-a-stranger"),
    case(person("Virtanen", "Anna", code=A), person("Haddad", "Omar", code=A), LIKELY, "CODE_OF_ANOTHER", "OTHER_NAME", id="code-quite-another-name-same-day"),
    case(person("Virtanen", "Anna", code=A), person("Haddad", "Anna", code=A, born=OTHER_DAY), LIKELY, "CODE_OF_ANOTHER", "OTHER_NAME", "OTHER_BIRTH_DATE", id="code-of-a-namesake"),
    case(person("Virtanen", "Anna", code=A), person("Haddad", "Anna", code=A, born=date(1990, 3, 13)), LIKELY, "CODE_OF_ANOTHER", "OTHER_NAME", "BIRTH_NEAR", id="code-married-and-day-mistyped"),
    # Two codes.
    case(person("Virtanen", "Anna", code=A), person("Virtanen", "Anna", code=B), LIKELY, "CODE_CHANGED", "SAME", id="changed-code"),
    case(person("Virtanen", "Anna Liisa", code=A), person("Virtanen", "Anna", code=B), LIKELY, "CODE_CHANGED", "SAME", id="changed-code-one-given-name"),
    case(person("Virtanen", "Anna", code=A), person("Anna", "Virtanen", code=B), LIKELY, "CODE_CHANGED", "SWAPPED", id="changed-code-swapped-names"),
    case(person("Virtanen", "Aleksandra", "Sanja", code=A), person("Virtanen", "Sanja", code=B), LIKELY, "CODE_CHANGED", "CALLED", id="changed-code-called"),
    case(person("Haddad", "Mohammed", code=A), person("Haddad", "Muhamad", code=B), LIKELY, "CODE_CHANGED", "SPELLED", id="changed-code-spelled"),
    case(person("Иванов", "Сергей", code=A), person("Ivanov", "Sergei", code=B), LIKELY, "CODE_CHANGED", "SPELLED", id="changed-code-cyrillic"),
    case(person("Virtanen", "Anna", code=A, gender="F"), person("Virtanen", "Anna", code=B, gender="M"), LIKELY, "CODE_CHANGED", "SAME", id="changed-code-and-gender"),
    case(person("Virtanen", "Anna", code=A), person("Virtanen", "Anna", code=B, born=OTHER_DAY), DIFFERENT, "OTHER_CODE", id="namesakes"),
    case(person("Virtanen", "Anna", code=A), person("Virtanen", "Anna", code=B, born=date(1990, 3, 13)), DIFFERENT, "OTHER_CODE", id="namesakes-a-day-apart"),
    case(person("Virtanen", "Anna", code=A), person("Virtanen", "Anna", code=B, born=None), DIFFERENT, "OTHER_CODE", id="two-codes-and-no-date"),
    case(person("Virtanen", "Anna", code=A), person("Virtanen", "Eero", code=B), DIFFERENT, "OTHER_CODE", id="twins"),
    case(person("Virtanen", "Anna Maria", code=A), person("Virtanen", "Liisa Maria", code=B), DIFFERENT, "OTHER_CODE", id="twins-with-one-name-in-common"),
    case(person("Hassan", "Hassan", code=A), person("Hassan", "Hussein", code=B), DIFFERENT, "OTHER_CODE", id="twins-hassan-and-hussein"),
    case(person("Virtanen", "Petri", code=A), person("Virtanen", "Petra", code=B), DIFFERENT, "OTHER_CODE", id="twins-petri-and-petra"),
    case(person("Ivanov", "Aleksandr", code=A), person("Ivanov", "Aleksandra", code=B), DIFFERENT, "OTHER_CODE", id="twins-aleksandr-and-aleksandra"),
    case(person("Virtanen", "Sara", code=A), person("Virtanen", "Sari", code=B), DIFFERENT, "OTHER_CODE", id="twins-sara-and-sari"),
    case(person("Virtanen", "Mikko", code=A), person("Virtanen", "Mika", code=B), DIFFERENT, "OTHER_CODE", id="twins-mikko-and-mika"),
    case(person("Haddad", "Osman", code=A, gender="M"), person("Haddad", "Usman", code=B, gender="F"), DIFFERENT, "OTHER_CODE", id="alike-names-two-genders"),
    case(person("Virtanen", "Anna", code=A), person("Virtanem", "Anna", code=B), DIFFERENT, "OTHER_CODE", id="two-codes-nearly-one-name"),
    case(person("Virtanen", "Anna", code=A), person("Lahtinen", "Anna", code=B), DIFFERENT, "OTHER_CODE", id="two-codes-other-family-name"),
    case(person("Virtanen", "Anna", code=A), person("Haddad", "Omar", code=B), DIFFERENT, "OTHER_CODE", id="strangers-of-one-day"),
    # A code on one side, or none.
    case(person("Virtanen", "Anna", code=A), person("Virtanen", "Anna"), LIKELY, "SAME", id="code-on-one-side"),
    case(ANNA, person("Virtanen", "Anna Liisa"), LIKELY, "SAME", id="no-code"),
    case(ANNA, person("Virtanen", "Liisa Anna"), LIKELY, "SAME", id="given-names-in-another-order"),
    case(ANNA, person("Virtanen", "Anna-Liisa"), LIKELY, "SAME", id="hyphen"),
    case(ANNA, person("Virtanen", "AnnaLiisa"), LIKELY, "SAME", id="written-together"),
    case(ANNA, person("Virtanen", "Liisa"), LIKELY, "SAME", id="second-name-only"),
    case(ANNA, person("Virtanen", "Liisa Maria"), LIKELY, "SHARED", id="one-of-the-names"),
    case(ANNA, person("Anna Liisa", "Virtanen"), LIKELY, "SWAPPED", id="swapped"),
    case(ANNA, person("Anna", "Virtanen"), LIKELY, "SWAPPED", id="swapped-and-shortened"),
    case(person("Вирта", "Анна"), person("Anna", "Virta"), LIKELY, "SWAPPED", id="swapped-in-another-script"),
    case(person("Kowalska-Virtanen", "Anna"), person("Kowalska", "Anna"), LIKELY, "SAME", id="double-family-name"),
    case(person("García López", "Ana"), person("Garcia", "Ana"), LIKELY, "SAME", id="second-family-name-left-out"),
    case(person("Al-Haddad", "Omar"), person("Haddad", "Omar"), LIKELY, "SAME", id="particle"),
    case(person("O'Brien", "Sean"), person("OBrien", "Sean"), LIKELY, "SAME", id="apostrophe"),
    case(person("Öström", "Åsa"), person("Ostrom", "Asa"), LIKELY, "SAME", id="marks"),
    case(person("Virtanen", "Aleksandra", "Sanja"), person("Virtanen", "Sanja"), LIKELY, "CALLED", id="called"),
    case(person("Virtanen", "Aleksandra", "Sanja"), person("Virtanen", "Alexa", "Sanja"), LIKELY, "CALLED", id="called-the-same"),
    case(person("Virtanen", "Johannes", "Jussi"), person("Wirtanen", "Jussi"), LIKELY, "CALLED", id="called-and-spelled"),
    case(person("Virtanen", "Johannes", "Jussi"), person("Haddad", "Jussi"), DIFFERENT, "OTHER_NAME", id="called-the-same-in-another-family"),
    case(person("محمد", "علي"), person("Mohamed", "Ali"), LIKELY, "SPELLED", id="arabic-short-name"),
    case(person("أحمد", "خالد"), person("Ahmed", "Khaled"), LIKELY, "SPELLED", id="arabic-khaled"),
    case(person("حسن", "عبد الله"), person("Hassan", "Abdullah"), LIKELY, "SPELLED", id="arabic-two-words-in-one"),
    case(person("إبراهيم", "مريم"), person("Ibrahim", "Maryam"), LIKELY, "SPELLED", id="arabic-maryam"),
    case(person("حسين", "يوسف"), person("Hussein", "Yusuf"), LIKELY, "SPELLED", id="arabic-yusuf"),
    case(person("Haddad", "Youssef"), person("Haddad", "Jusuf"), LIKELY, "SPELLED", id="youssef-and-jusuf"),
    case(person("Mohamed", "Aisha"), person("Muhammad", "Aysha"), LIKELY, "SPELLED", id="two-latin-spellings"),
    case(person("Щербакова", "Екатерина"), person("Shcherbakova", "Jekaterina"), LIKELY, "SPELLED", id="cyrillic-jekaterina"),
    case(person("Чернышёв", "Дмитрий"), person("Tshernyshev", "Dmitri"), LIKELY, "SPELLED", id="cyrillic-finnish-spelling"),
    case(person("Хасан", "Александр"), person("Hasan", "Alexander"), LIKELY, "SPELLED", id="cyrillic-alexander"),
    case(person("Kowalczyk", "Agnieszka"), person("Kovalchik", "Agnieszka"), LIKELY, "SPELLED", id="polish-sound"),
    case(person("Abdi Rahman", "Asha"), person("Abdirahman", "Asha"), LIKELY, "SAME", id="family-name-in-two-words"),
    case(person("Virtanen", "Katariina"), person("Virtanem", "Katarina"), LIKELY, "NEAR", id="mistyped"),
    case(ANNA, person("Virtanen", "Eero"), LIKELY, "TWIN", id="twins-without-codes"),
    case(person("Virtanen", "Anna", code=A), person("Virtanen", "Eero"), LIKELY, "TWIN", id="twins-with-one-code"),
    case(person("Virtanen", "Anna", gender="F"), person("Virtanen", "Eero", gender="M"), DIFFERENT, "OTHER_NAME", id="twins-of-two-genders"),
    case(person("Virtanen", "Anna", gender="F"), person("Virtanen", "Eila", gender="F"), LIKELY, "TWIN", id="twins-of-one-gender"),
    case(person("Virtanen", "Anna", gender="F"), person("Virtanen", "Anna", gender="M"), LIKELY, "SAME", "OTHER_GENDER", id="one-name-two-genders"),
    case(ANNA, person("Virtanen", "Anna", born=date(1990, 3, 21)), LIKELY, "SAME", "BIRTH_NEAR", id="day-mistyped"),
    case(ANNA, person("Virtanen", "Anna", born=date(1990, 12, 3)), LIKELY, "SAME", "BIRTH_NEAR", id="day-and-month-swapped"),
    case(ANNA, person("Virtanen", "Liisa Maria", born=date(1991, 3, 12)), LIKELY, "SHARED", "BIRTH_NEAR", id="year-mistyped-one-name"),
    case(person("محمد", "علي"), person("Mohamed", "Ali", born=date(1990, 4, 12)), LIKELY, "SPELLED", "BIRTH_NEAR", id="spelled-and-month-mistyped"),
    case(ANNA, person("Virtanen", "Eero", born=date(1990, 3, 13)), DIFFERENT, "OTHER_BIRTH_DATE", id="siblings-a-day-apart"),
    case(ANNA, person("Virtanem", "Anna Liisa", born=date(1990, 3, 13)), DIFFERENT, "OTHER_BIRTH_DATE", id="nearly-both"),
    case(ANNA, person("Virtanen", "Anna", born=OTHER_DAY), DIFFERENT, "OTHER_BIRTH_DATE", id="namesake-without-code"),
    case(ANNA, person("Virtanen", "Anna", born=None), LIKELY, "SAME", "NO_BIRTH_DATE", id="no-birth-date"),
    case(ANNA, person("Virtanen", "Eero", born=None), DIFFERENT, "OTHER_BIRTH_DATE", id="no-birth-date-other-name"),
    case(ANNA, person("Lahtinen", "Anna Liisa"), DIFFERENT, "OTHER_NAME", id="other-family-name-without-code"),
    case(ANNA, person("Haddad", "Omar"), DIFFERENT, "OTHER_NAME", id="stranger-of-one-day"),
    case(person("Leila", "Ali"), person("Lola", "Ali"), DIFFERENT, "OTHER_NAME", id="few-consonants-are-no-name"),
    case(person("Osakas10", "Anna"), person("Osakas100", "Anna", born=date(1991, 3, 12)), DIFFERENT, "OTHER_BIRTH_DATE", id="numbers-do-not-sound"),
    # The old system's own key.
    case(person("Virtanen", "Anna", key="7"), person("Virtanen", "Anna", key="7"), SURE, "SOURCE_KEY", "SAME", id="key-and-all-else"),
    case(person("Virtanen", "Anna", key="7", code=A), person("Wirtanen", "Anna", key="7"), SURE, "SOURCE_KEY", "SPELLED", id="key-and-spelling"),
    case(person("Virtanen", "Anna", key="7"), person("Haddad", "Omar", key="7"), LIKELY, "SOURCE_KEY", "NONE", id="key-used-again"),
    case(person("Virtanen", "Anna", key="7"), person("Virtanen", "Anna", key="7", born=OTHER_DAY), LIKELY, "SOURCE_KEY", "SAME", "OTHER_BIRTH_DATE", id="key-and-another-date"),
    case(person("Virtanen", "Anna", key="7", born=None), person("Virtanen", "Anna", key="7"), LIKELY, "SOURCE_KEY", "SAME", id="key-and-no-date"),
    case(person("Virtanen", "Anna", key="7", code=A), person("Virtanen", "Anna", key="7", code=B), LIKELY, "SOURCE_KEY", "CODE_CHANGED", id="key-and-changed-code"),
    case(person("Virtanen", "Anna", key="7", code=A), person("Virtanen", "Anna", key="7", code=A), SURE, "SOURCE_KEY", "SAME", id="key-and-code"),
    case(person("Virtanen", "Anna", key="7"), person("Virtanen", "Anna", key="8"), LIKELY, "SAME", id="two-keys"),
]  # fmt: skip


def test_there_are_cases_enough() -> None:
    assert len(CASES) >= 80


@pytest.mark.parametrize(("one", "other", "kind", "reasons"), CASES)
def test_two_persons_are_judged(one: Person, other: Person, kind: str, reasons: tuple[str, ...]) -> None:
    found, back = judge(one, other), judge(other, one)
    assert (found.kind, found.reasons) == (kind, reasons)
    assert back == found


PERSONS = [each for made in CASES for each in made.values[:2]]  # type: ignore[attr-defined]


def test_the_order_of_two_never_matters() -> None:
    some = PERSONS[::5]
    assert [(one, other) for one, other in product(some, some) if judge(one, other) != judge(other, one)] == []


@pytest.mark.parametrize("one", PERSONS)
def test_everyone_is_like_themselves(one: Person) -> None:
    kind = judge(one, one).kind
    assert kind == (SURE if one.code or (one.key and one.birth_date) else LIKELY)


def test_without_a_code_or_a_key_nothing_is_sure() -> None:
    bare = [replace(one, key=None) for one in PERSONS]
    sure = [(one, other) for one, other in product(bare[::5], bare[::5]) if judge(one, other).kind == SURE]
    assert sure and all(one.code and one.code == other.code for one, other in sure)


def test_a_record_is_read_with_its_day_as_a_day_or_as_text() -> None:
    record = {"family_name": "Öström", "given_names": "Åsa Maria", "call_name": "Maria", "birth_date": "1990-03-12", "gender": "F", "identity_code": "not used"}
    expected = person("Ostrom", "Asa Maria", "Maria", code="digest", gender="F")
    assert of_record(record, "digest") == expected == of_record({**record, "birth_date": BORN}, "digest")
    assert of_record({}, None) == Person.of(None, None)


def test_every_reason_has_its_words() -> None:
    given = {reason for one, other in product(PERSONS[::2], PERSONS[1::2]) for reason in judge(one, other).reasons}
    assert given <= REASONS.keys() and len(given) > 15


def test_a_person_is_made_of_what_is_known_and_of_nothing_else() -> None:
    whole = Person.of("Berg", "Anna Maria", "Maria", birth_date=date(1990, 5, 2), code="digest", gender="2", key="K1")
    assert [[str(word) for word in words] for words in (whole.name[0], whole.name[1], whole.name[2])] == [[str(word) for word in names.words(text)] for text in ("Berg", "Anna Maria", "Maria")]
    assert (whole.birth_date, whole.code, whole.gender, whole.key) == (date(1990, 5, 2), "digest", "2", "K1")
    bare = Person.of(None, None, code="", gender="", key="")
    assert [list(words) for words in (bare.name[0], bare.name[1], bare.name[2])] == [list(names.words(""))] * 3
    assert (bare.birth_date, bare.code, bare.gender, bare.key) == (None, None, None, None)
