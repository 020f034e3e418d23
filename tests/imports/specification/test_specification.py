"""What can be brought in follows from the models, in three forms and two languages."""

from __future__ import annotations

import csv
import json
from datetime import date
from io import BytesIO, StringIO
from types import SimpleNamespace
from typing import Any
from zipfile import ZipFile

import pytest
from flask_babel import force_locale
from jsonschema import Draft202012Validator, FormatChecker
from python_calamine import CalamineWorkbook
from sqlalchemy import Boolean, Date, ForeignKey, Integer, Numeric, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from app.core.identity_code import IdentityCodeError, normal_form
from app.imports.specification import entities
from app.imports.specification.catalogue import SOURCE_KEY, Entity, UnnamedFieldError, catalogue, catalogue_of
from app.imports.specification.codes import UnlabelledError, Value, checked, shown_values, values_of
from app.imports.specification.examples import example_row
from app.imports.specification.forms import FORMS, specification
from app.imports.specification.rules import TEXTS, rules
from app.imports.specification.schema import json_row, schema
from app.imports.specification.texts import EXAMPLE_MARK, headings
from app.imports.specification.version import version
from app.imports.specification.workbook import sheet_names

LANGUAGES = ("fi", "sv")
pytestmark = pytest.mark.usefixtures("in_app")


class Base(DeclarativeBase):
    pass


class School(Base):
    __tablename__ = "school"
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40), info={"category": "K73-2"})


class Pupil(Base):
    __tablename__ = "pupil"
    id: Mapped[str] = mapped_column(primary_key=True, info={"category": "own"})
    school_id: Mapped[str] = mapped_column(ForeignKey("school.id"), info={"category": "own"})
    name: Mapped[str] = mapped_column(String(40), info={"category": "K73-2"})
    gender: Mapped[str | None] = mapped_column(String(40), info={"category": "K73-2", "codes": "GENDER"})
    starts: Mapped[Any] = mapped_column(Date, info={"category": "K73-5"})
    speed: Mapped[Any] = mapped_column(Numeric(6, 2), nullable=True, info={"category": "K73-5"})
    years: Mapped[int | None] = mapped_column(Integer, info={"category": "K73-5"})
    quick: Mapped[bool] = mapped_column(Boolean, default=False, info={"category": "K73-5"})


def view(model: Any, **declared: Any) -> Any:
    return SimpleNamespace(datamodel=SimpleNamespace(obj=model), parent=None, add_columns=[], **declared)


def school(**more: Any) -> tuple[Entity, ...]:
    labels = {"name": "Name", "gender": "Gender", "starts": "Starts", "speed": "Speed", "years": "Years", "quick": "Quick", **more}
    return catalogue_of((
        view(School, list_title="Schools", show_title="School", label_columns={"name": "Name"}),
        view(Pupil, list_title="Pupils", show_title="Pupil", label_columns=labels, description_columns={"speed": "How fast the pupil runs."}),
    ))  # fmt: skip


def sheet(content: bytes, name: str) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name(name).to_python()


def test_a_field_of_a_model_is_in_all_three_forms() -> None:
    made = school()
    pupil = made[1]
    assert [field.key for field in pupil.fields] == [SOURCE_KEY, "school_id", "name", "gender", "starts", "speed", "years", "quick"]
    assert [field.kind for field in pupil.fields] == ["text", "reference", "text", "code", "date", "decimal", "integer", "boolean"]
    assert pupil.parents == (("school_id", "school"),)
    assert [field.key for field in pupil.fields if field.required] == [SOURCE_KEY, "school_id", "name", "starts"]
    assert "Speed" in sheet(specification("xlsx", "sv", made), "Pupils")[0]
    with ZipFile(BytesIO(specification("csv", "fi", made))) as archive:
        assert "speed" in archive.read("pupil.csv").decode("utf-8-sig").strip().split(";")
        assert "How fast the pupil runs." in archive.read("fields.csv").decode("utf-8-sig")
    found = json.loads(specification("json", "fi", made))["$defs"]["pupil"]["properties"]["speed"]
    assert found["title"] == "Speed" and found["description"].startswith("How fast the pupil runs.")


def test_a_field_without_a_label_and_a_code_without_one_are_refused() -> None:
    with pytest.raises(UnnamedFieldError, match=r"school\.name"):
        catalogue_of((view(School, list_title="Schools", show_title="School", label_columns={}),))
    with pytest.raises(UnlabelledError, match="GENDER 1"):
        checked("GENDER", (Value("1", "mies", " ", "man"),))
    with pytest.raises(KeyError):
        values_of("NO_SUCH_LIST")


def test_every_entity_names_only_entities_before_it_and_each_field_has_a_category() -> None:
    seen: set[str] = set()
    for entity in catalogue():
        assert {target for _field, target in entity.parents} <= seen, entity.key
        seen.add(entity.key)
        for field in entity.fields:
            is_key = field.key in (SOURCE_KEY, "responsible_worker_id", "section") or field.refers_to
            assert field.category.startswith("K73-") or is_key, (entity.key, field.key)
    assert seen >= {"client", "residence_basis", "integration_plan", "goal", "planned_service", "plan_review", "consent", "note"}
    essential = {(entity.key, field.key) for entity in catalogue() for field in entity.fields if field.essential}
    assert essential == {("residence_basis", "granted_date"), ("residence_basis", "is_first"), ("integration_plan", "drawn_up_date")}


def test_nothing_the_models_and_views_say_is_said_again() -> None:
    by_key = {entity.key: entity for entity in catalogue()}
    views = {view.datamodel.obj.__tablename__: view for view in entities.BROUGHT if hasattr(view, "datamodel")}
    for table, labels in entities.MORE_LABELS.items():
        assert not labels.keys() & (views[table].label_columns or {}).keys(), table
        assert labels.keys() <= {field.key for field in by_key[table].fields}, table
    for declared in (entities.DERIVED, entities.ESSENTIAL, entities.ONE_OF):
        for table, names in declared.items():
            assert set(names) <= {column.key for column in by_key[table].model.__table__.columns}, table


def dropdowns(content: bytes) -> dict[str, list[tuple[str, str]]]:
    """Give list → (word, code) as the sheet of codes holds them, two columns for each list."""
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    name = next(name for name in book.sheet_names if name in ("Koodit", "Koder"))
    rows = book.get_sheet_by_name(name).to_python()
    return {
        str(rows[0][at]): [(str(row[at]), str(row[at + 1])) for row in rows[1:] if row[at] != ""] for at in range(0, len(rows[0]), 2)
    }  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_opens_and_its_words_are_the_code_lists(language: str) -> None:
    content = specification("xlsx", language)
    with force_locale(language):
        names = sheet_names(catalogue())
        for entity in catalogue():
            heads, example = sheet(content, names[entity.key])[:2]
            assert [str(text).removesuffix(" *") for text in heads] == [*headings(entity).values()]
            assert str(example[0]) == f"{EXAMPLE_MARK}{entity.key}"
    found = dropdowns(content)
    assert found.keys() == {field.code_list for entity in catalogue() for field in entity.fields if field.code_list}
    for name, pairs in found.items():
        assert [code for _word, code in pairs] == [value.code for value in values_of(name)], name
        assert len({word.casefold() for word, _code in pairs}) == len(pairs), name
        assert [word for word, _code in pairs] == [*shown_values(name, language).values()]


def test_every_code_field_has_a_drop_down_over_its_own_list() -> None:
    with ZipFile(BytesIO(specification("xlsx", "fi"))) as archive:
        numbers = {entity.key: at for at, entity in enumerate(catalogue(), 2)}
        for key in ("client", "integration_plan"):
            text = archive.read(f"xl/worksheets/sheet{numbers[key]}.xml").decode()
            entity = next(entity for entity in catalogue() if entity.key == key)
            assert text.count('type="list"') == sum(field.kind in ("code", "boolean") for field in entity.fields)
    lists = sorted({str(field.code_list) for entity in catalogue() for field in entity.fields if field.code_list})
    column = 2 * lists.index("CLIENT_STATUS")
    letter = chr(65 + column) if column < 26 else chr(64 + column // 26) + chr(65 + column % 26)
    last = len(values_of("CLIENT_STATUS")) + 1
    with ZipFile(BytesIO(specification("xlsx", "fi"))) as archive:
        assert f"'Koodit'!${letter}$2:${letter}${last}" in archive.read("xl/worksheets/sheet2.xml").decode()


def validator(language: str) -> Draft202012Validator:
    with force_locale(language):
        made = schema(catalogue(), language)
    Draft202012Validator.check_schema(made)
    return Draft202012Validator(made, format_checker=FormatChecker())


def examples() -> dict[str, list[dict[str, Any]]]:
    return {entity.key: [json_row(example_row(entity))] for entity in catalogue()}


BROKEN: tuple[tuple[str, str, Any], ...] = (
    ("client", "birth_date", "14.5.1990"), ("client", "birth_date", "1990-02-30"), ("client", "birth_date", None), ("client", "gender", "7"),
    ("client", "identity_code", "140590-901"), ("client", "interpreter_needed", "yes"), ("client", "family_name", "x" * 81), ("client", "family_name", ""),
    ("client", "home_municipality_id", "999"), ("client", "shoe_size", "42"), ("education_record", "years_of_schooling", "nine"),
    ("residence_basis", "client_id", None), ("service_hours", "hours_planned", "20,5"), ("integration_plan", "status", "voimassa"),
)  # fmt: skip


def test_the_schema_takes_the_examples_and_refuses_each_broken_one() -> None:
    check = validator("fi")
    assert [error.message for error in check.iter_errors(examples())] == []
    for key, field, value in BROKEN:
        rows = examples()
        rows[key][0][field] = value
        assert not check.is_valid(rows), (key, field, value)
    for entity in catalogue():
        row = json_row(example_row(entity))
        for field in entity.fields:
            if field.required:
                less = {key: value for key, value in row.items() if key != field.key}
                assert not check.is_valid({entity.key: [less]}), (entity.key, field.key)
    nameless = json_row(example_row(catalogue()[0]))
    del nameless["identity_code"]
    assert not check.is_valid({"client": [nameless]})
    assert check.is_valid({"client": [{**nameless, "no_identity_code_reason": values_of("NO_HETU_REASON")[0].code}]})


def test_examples_are_of_nobody() -> None:
    code = example_row(catalogue()[0])["identity_code"]
    assert normal_form(code, today=date(2026, 1, 1), artificial=True) == code and 900 <= int(code[7:10]) <= 999
    with pytest.raises(IdentityCodeError):
        normal_form(code, today=date(2026, 1, 1), artificial=False)


def test_the_zip_holds_a_file_for_each_entity_and_every_code() -> None:
    with ZipFile(BytesIO(specification("csv", "sv"))) as archive:
        assert {f"{entity.key}.csv" for entity in catalogue()} < set(archive.namelist())
        rows = list(csv.reader(StringIO(archive.read("codes.csv").decode("utf-8-sig")), delimiter=";"))
    assert ["CLIENT_STATUS", "PLAN_ACTIVE", "integrationskund"] in rows and ["MUNICIPALITY", "638", "Borgå"] in rows


@pytest.mark.parametrize("form", FORMS)
def test_the_languages_differ_and_the_version_is_told(form: str) -> None:
    assert specification(form, "fi") != specification(form, "sv")
    if form == "json":
        assert json.loads(specification(form, "fi"))["$comment"] == version()


def test_the_version_follows_the_content() -> None:
    before = version(school())
    Pupil.__table__.c.name.type.length = 50
    try:
        assert version(school()) != before
    finally:
        Pupil.__table__.c.name.type.length = 40
    assert version(school(speed="Pace")) == before


def test_each_rule_has_a_text_and_a_new_one_runs_in_shadow_first() -> None:
    assert {rule.id for rule in rules()} == TEXTS.keys() and len(rules()) == len(TEXTS)
    new = next(rule for rule in rules() if rule.id == "SERVICE_WITHOUT_JUSTIFICATION")
    days = (date(2026, 11, 30), date(2026, 12, 1), date(2027, 2, 28), date(2027, 3, 1))
    assert [new.standing(day) for day in days] == ["none", "shadow", "shadow", "stop-row"]
    first = min(rule.valid_from for rule in rules())
    assert all(rule.shadow_until for rule in rules() if rule.valid_from > first)
