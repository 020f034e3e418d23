"""An application that has the entity of `tests/support/school.py` too, and what its tests ask of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from flask import Flask
from sqlalchemy import delete, select

from app.access import roles
from app.access.actor import system_scope
from app.audit.models import AuditEvent
from app.db.base import db
from app.organisations.models import organisation_key
from config import load_settings
from tests.support.app import Browser, load, make_app
from tests.support.school import RIGHTS, TEXTS, Base, Course, CourseApi, CourseView, Lesson, LessonView, School

LIST, ADD = "/courses/list/", "/courses/add"
GOOD = {"name": "Suomi 1", "language": "fi", "starts_on": "2026-10-05", "seats": "12", "price": "12,50", "is_remote": "y"}
# Courses that differ from each other in a thing or two.
COURSES: dict[str, dict[str, Any]] = {
    "Arki": {"starts_on": date(2026, 9, 1)}, "Työ": {"seats": 30, "price": "99.90"}, "Svenska": {"language": "sv", "seats": 5},
    "Etä": {"is_remote": True, "worker_id": 999},
}  # fmt: skip
SCHOOLS = ("Itäkeskuksen koulu", "Itäväylän opisto", "Pohjoinen opisto")


def _catalogues(folder: Path) -> str:
    """Write the entity's texts as `make texts` would, and give the folder."""
    for at, language in enumerate(("fi", "sv")):
        catalogue = Catalog(locale=language)
        for text, translations in TEXTS.items():
            catalogue.add(text, translations[at])
        place = folder / "translations" / language / "LC_MESSAGES"
        place.mkdir(parents=True)
        with (place / "messages.mo").open("wb") as file:
            write_mo(file, catalogue)
    return str(folder / "translations")


@contextmanager
def school_app(folder: Path) -> Iterator[Flask]:
    """Make the application in a folder, prepared as any other, with three schools and no client."""
    own = load_settings({"KOTO_INSTANCE_DIR": str(folder)}).flask_config()["BABEL_TRANSLATION_DIRECTORIES"]
    app = make_app(folder, BABEL_TRANSLATION_DIRECTORIES=f"{own};{_catalogues(folder)}")
    with pytest.MonkeyPatch.context() as patch:
        for role, views in RIGHTS.items():
            patch.setitem(roles.ROLES, role, {**roles.ROLES[role], **views})
        with app.app_context():
            for view in (CourseView, LessonView):
                app.appbuilder.add_view_no_menu(view)  # type: ignore[attr-defined]
            app.appbuilder.add_api(CourseApi)  # type: ignore[attr-defined]
        load(app, 0)
        with app.app_context(), system_scope():
            Base.metadata.create_all(db.engine)
            db.session.add_all([School(name=name) for name in SCHOOLS])
            db.session.commit()
        yield app


def reset_courses(app: Flask) -> None:
    """Leave the courses of `COURSES` and no other; the first is held at a school."""
    with app.app_context(), system_scope():
        for model in (Lesson, Course):
            db.session.execute(delete(model))
        place = db.session.scalar(select(School.id).where(School.name == SCHOOLS[-1]))
        for name, values in COURSES.items():
            row = {"language": "fi", "starts_on": date(2026, 10, 5), "seats": 10, "price": "10", "school_id": place if name == "Arki" else None} | values
            db.session.add(Course(name=name, org_id=organisation_key("MUNICIPALITY", "092"), **row))
        db.session.commit()


def names(page: Any) -> list[str]:
    """Give the names of the courses that a page lists."""
    return re.findall(r'<a href="/courses/show/[^"]+">([^<]+)<', page.text)


def key_of(app: Flask, model: Any, **values: Any) -> str:
    with app.app_context(), system_scope():
        return str(db.session.scalar(select(model.id).filter_by(**values)))


def courses(app: Flask, name: str) -> list[Course]:
    with app.app_context(), system_scope():
        return list(db.session.scalars(select(Course).where(Course.name == name)))


def events(app: Flask, key: str) -> list[str]:
    """Give the names of a row's events in their order."""
    with app.app_context(), system_scope():
        return list(db.session.scalars(select(AuditEvent.name).where(AuditEvent.row_id == key).order_by(AuditEvent.at)))


def lesson(key: int, subject: str, hours: int) -> dict[str, str]:
    """Give the fields of a row of the course's form."""
    return {f"lessons-{key}-subject": subject, f"lessons-{key}-hours": str(hours), f"lessons-{key}-language": "sv"}


def added(browser: Browser, **fields: Any) -> str:
    """Add a course through the form and give its key."""
    browser.get(ADD)
    answer = browser.post(ADD, **{**GOOD, **fields})
    assert answer.status_code == 303, re.findall(r'field-error".*?</p>', answer.text)
    return str(answer.headers["Location"].rpartition("/")[2])
