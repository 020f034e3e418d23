"""An entity of its own with rows under it: models and declarations are all that it takes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, Integer, String, select
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from app.access import roles
from app.access.actor import system_scope
from app.db.base import db
from app.db.types import IdType, UtcDateTime, new_id, now
from app.web.base_view import BaseView, Parent
from app.web.interface import Interface
from app.web.rows import Rows
from tests.support.app import Browser, make_app, prepare
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


def test_a_new_entity_has_a_form_with_rows(school: Flask) -> None:
    aino = Browser(school).sign_in("aino")
    page = aino.get("/courses/add")
    assert Form(page.text).buttons == {"add.lessons": "/courses/add#lessons-0"}
    assert 'data-needs="lessons-__row__-hours"' in page.text
    row = {"lessons-0-subject": "Sanat", "lessons-0-hours": "2", "lessons-0-language": "sv"}
    assert aino.post("/courses/add", **{**typed(page), "name": "Kurssi", "lessons": "0", **row, "lessons-0-hours": "9"}).status_code == 422
    assert aino.post("/courses/add", name="Kurssi", lessons="0", **row).status_code == 303
    edit = aino.page.headers["Location"].replace("show", "edit")
    page = aino.get(edit)
    more = {"lessons": ["0", "1"], "lessons-0-hours": "3", "lessons-1-subject": "Lauseet", "lessons-1-hours": "4"}
    assert aino.post(edit, **{**typed(page), **more}).status_code == 303
    assert lessons(school) == [("Sanat", 3, "sv"), ("Lauseet", 4, None)]
    page = aino.get(edit)
    assert aino.post(edit, **{**typed(page), "lessons-0-_removed": "y"}).status_code == 303 and lessons(school) == [("Lauseet", 4, None)]
