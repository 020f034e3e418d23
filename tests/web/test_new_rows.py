"""An entity of its own with rows under it: models and declarations are all that it takes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, Integer, String, UniqueConstraint, delete, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from app.access import roles
from app.access.actor import system_scope
from app.db.base import db
from app.db.types import IdType, UtcDateTime, new_id, now
from app.web.base_view import BaseView, Parent
from app.web.interface import Interface
from app.web.rows import Rows
from tests.support.app import Browser, counted_statements, make_app, prepare
from tests.support.form import Form, typed

ALL = ("can_list", "can_show", "can_add", "can_edit", "can_delete")


class Base(DeclarativeBase):
    """Tables of this test alone."""


class Kept:
    id: Mapped[str] = mapped_column(IdType, primary_key=True, default=new_id)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, default=now)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, default=now, onupdate=now)
    changed_by: Mapped[int | None] = mapped_column(Integer)
    version: Mapped[int] = mapped_column(Integer, nullable=False, default=1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version}


class Course(Kept, Base):
    __tablename__ = "course"
    name: Mapped[str] = mapped_column(String(40), nullable=False)
    language: Mapped[str | None] = mapped_column(String(2), info={"codes": "SERVICE_LANGUAGE"})


class Lesson(Kept, Base):
    __tablename__ = "lesson"
    __table_args__ = (UniqueConstraint("course_id", "subject"),)
    course_id: Mapped[str] = mapped_column(ForeignKey("course.id"), nullable=False)
    subject: Mapped[str] = mapped_column(String(40), nullable=False)
    hours: Mapped[int] = mapped_column(Integer, nullable=False)
    language: Mapped[str | None] = mapped_column(String(2), info={"codes": "SERVICE_LANGUAGE"})


class LessonView(BaseView):
    route_base, event, datamodel = "/lessons", "lesson", Interface(Lesson)
    parent = Parent("course", "course_id", Course, "CourseView.show")
    list_title, show_title, add_title, edit_title = _l("Entries"), _l("Entry"), _l("Add an entry"), _l("Edit the entry")
    label_columns = {"subject": _l("Name"), "hours": _l("Summary"), "language": _l("Language")}
    list_columns = show_columns = add_columns = edit_columns = ["subject", "hours", "language"]
    needs = {"language": "hours"}
    search_columns = ["language"]

    def rule_errors(self, form: Any, item: Lesson, parent: Any) -> list[tuple[str, str]]:
        return [("hours", "too many")] if form.hours.data > 8 else []

    def before_keep(self, form: Any, item: Lesson, *, is_new: bool) -> None:
        # A read in the middle of saving must not send half of what is to be saved.
        db.session.scalar(select(func.count()).select_from(Lesson))


class CourseView(BaseView):
    route_base, event, datamodel = "/courses", "course", Interface(Course)
    list_title, show_title, add_title, edit_title = _l("Entries"), _l("Entry"), _l("Add an entry"), _l("Edit the entry")
    label_columns = {"name": _l("Name"), "language": _l("Language")}
    list_columns = show_columns = add_columns = edit_columns = ["name"]
    search_columns = ["language"]
    rows = (Rows("lessons", LessonView),)


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder: Path = tmp_path_factory.mktemp("school")
    app = make_app(folder)
    with app.app_context(), pytest.MonkeyPatch.context() as patch:
        for view in (CourseView, LessonView):
            app.appbuilder.add_view_no_menu(view)  # type: ignore[attr-defined]
        patch.setitem(roles.ROLES, "CASEWORKER", {**roles.ROLES["CASEWORKER"], "CourseView": ALL, "LessonView": ALL})
        prepare(app, 0)
        Base.metadata.create_all(db.engine)
    yield app


def lessons(app: Flask) -> list[tuple[str, int, str | None]]:
    with app.app_context(), system_scope():
        return [(row.subject, row.hours, row.language) for row in db.session.scalars(select(Lesson).order_by(Lesson.created_at))]


def row(key: int, subject: str, hours: int) -> dict[str, str]:
    return {f"lessons-{key}-subject": subject, f"lessons-{key}-hours": str(hours), f"lessons-{key}-language": "sv"}


@pytest.fixture
def course(school: Flask) -> tuple[Browser, str]:
    """Aino at the form of a course with two lessons."""
    aino = Browser(school).sign_in("aino")
    with school.app_context(), system_scope():
        db.session.execute(delete(Lesson))
        db.session.commit()
    aino.get("/courses/add")
    assert aino.post("/courses/add", name="Kurssi", lessons=["0", "1"], **row(0, "Sanat", 2), **row(1, "Lauseet", 4)).status_code == 303
    edit = aino.page.headers["Location"].replace("show", "edit")
    aino.get(edit)
    return aino, edit


def test_a_new_entity_has_a_form_with_rows(school: Flask, course: tuple[Browser, str]) -> None:
    aino, edit = course
    assert lessons(school) == [("Sanat", 2, "sv"), ("Lauseet", 4, "sv")]
    assert aino.post(edit, **{**typed(aino.page), "lessons": ["0", "1", "2"], **row(2, "Äänteet", 3), "lessons-0-_removed": "y"}).status_code == 303
    assert lessons(school) == [("Lauseet", 4, "sv"), ("Äänteet", 3, "sv")]
    page = aino.get("/courses/add")
    assert Form(page.text).buttons == {"add.lessons": "/courses/add#lessons-0"}
    assert 'data-needs="lessons-__row__-hours"' in page.text


def test_the_rules_of_the_rows_view_hold(course: tuple[Browser, str]) -> None:
    aino, edit = course
    page = aino.post(edit, **{**typed(aino.page), "lessons-1-hours": "9"})
    assert page.status_code == 422 and re.search(r'<a href="#lessons-1-hours">[^<]* 2 – ', page.text)


def test_a_row_that_the_database_refuses_is_named(school: Flask, course: tuple[Browser, str]) -> None:
    aino, edit = course
    page = aino.post(edit, **{**typed(aino.page), "lessons-0-hours": "8", "lessons": ["0", "1", "2"], **row(2, "Sanat", 3)})
    assert page.status_code == 422 and re.search(r'<a href="#lessons-2">[^<]* 3: ', page.text)
    assert lessons(school) == [("Sanat", 2, "sv"), ("Lauseet", 4, "sv")]


def test_a_value_that_must_be_unique_is_free_when_its_row_goes(school: Flask, course: tuple[Browser, str]) -> None:
    aino, edit = course
    fields = {**typed(aino.page), "lessons-0-subject": "Lauseet", "lessons-1-_removed": "y"}
    with counted_statements(school) as statements:
        assert aino.post(edit, **fields).status_code == 303
    assert lessons(school) == [("Lauseet", 2, "sv")]
    assert sum("INSERT INTO audit_event " in text for text in statements) == 3
