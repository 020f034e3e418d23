"""An entity of its own, declared: models, view classes, labels, an API. Nothing else makes it but its rights.

Courses have lessons, which are rows of the course's form, and are held at a school that is found by typing.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask_appbuilder import action
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Boolean, Date, ForeignKey, Integer, Numeric, String, Text, UniqueConstraint, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column, relationship

from app.db.base import db
from app.db.types import OWN, IdType, UtcDateTime, new_id, now
from app.users.relations import WorkerRelation
from app.web.base_api import BaseApi
from app.web.base_view import BaseView, Parent
from app.web.declarations import Tab
from app.web.interface import Interface
from app.web.relation import TableRelation
from app.web.rows import Rows
from app.web.transaction import keep_all


class Base(DeclarativeBase):
    """Tables of these tests alone; those of the application stand on `app.db.base.Model`."""


class Kept:
    """What `Recorded` gives, without keys to the tables of the application."""

    id: Mapped[str] = mapped_column(IdType, primary_key=True, default=new_id, info=OWN)
    org_id: Mapped[str] = mapped_column(IdType, nullable=False, info=OWN)
    created_by: Mapped[int | None] = mapped_column(Integer, info=OWN)
    changed_by: Mapped[int | None] = mapped_column(Integer, info=OWN)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, default=now, info=OWN)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, default=now, onupdate=now, info=OWN)
    version: Mapped[int] = mapped_column(Integer, nullable=False, default=1, info=OWN)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version}


class School(Base):
    __tablename__ = "school"
    id: Mapped[str] = mapped_column(IdType, primary_key=True, default=new_id, info=OWN)
    name: Mapped[str] = mapped_column(String(80), nullable=False, info=OWN)

    def __str__(self) -> str:
        return self.name


class Course(Kept, Base):
    __tablename__ = "course"
    name: Mapped[str] = mapped_column(String(120), nullable=False, info=OWN)
    language: Mapped[str] = mapped_column(String(40), nullable=False, info={**OWN, "codes": "SERVICE_LANGUAGE"})
    starts_on: Mapped[date] = mapped_column(Date, nullable=False, info=OWN)
    seats: Mapped[int | None] = mapped_column(Integer, info=OWN)
    price: Mapped[Decimal | None] = mapped_column(Numeric(8, 2), info=OWN)
    is_remote: Mapped[bool] = mapped_column(Boolean, nullable=False, default=False, info=OWN)
    is_recorded: Mapped[bool] = mapped_column(Boolean, nullable=False, default=False, info=OWN)
    school_id: Mapped[str | None] = mapped_column(ForeignKey("school.id"), info=OWN)
    way: Mapped[str | None] = mapped_column(Text, info=OWN)
    worker_id: Mapped[int | None] = mapped_column(Integer, info=OWN)
    is_full: Mapped[bool] = mapped_column(Boolean, nullable=False, default=False, info=OWN)
    # A list shows the row that the key points at; it comes with the list's own statement.
    school: Mapped[School | None] = relationship(lazy="joined")


class Lesson(Kept, Base):
    __tablename__ = "lesson"
    __table_args__ = (UniqueConstraint("course_id", "subject"),)
    course_id: Mapped[str] = mapped_column(ForeignKey("course.id"), nullable=False, info=OWN)
    subject: Mapped[str] = mapped_column(String(40), nullable=False, info=OWN)
    hours: Mapped[int] = mapped_column(Integer, nullable=False, info=OWN)
    language: Mapped[str | None] = mapped_column(String(40), info={**OWN, "codes": "SERVICE_LANGUAGE"})


class LessonView(BaseView):
    route_base, event, datamodel = "/lessons", "lesson", Interface(Lesson)
    parent = Parent("course", "course_id", Course, "CourseView.show")
    list_title, show_title, add_title, edit_title = _l("Lessons"), _l("Lesson"), _l("Add a lesson"), _l("Edit the lesson")
    label_columns = {"subject": _l("Subject"), "hours": _l("Hours"), "language": _l("Language")}
    list_columns = show_columns = add_columns = edit_columns = ["subject", "hours", "language"]
    needs = {"language": "hours"}
    search_columns = ["language"]

    def rule_errors(self, form: Any, item: Lesson, parent: Any) -> list[tuple[str, str]]:
        return [("hours", _("A day has at most 8 hours."))] if form.hours.data > 8 else []

    def before_keep(self, form: Any, item: Lesson, *, is_new: bool) -> None:
        # A read in the middle of saving must not send half of what is to be saved.
        db.session.scalar(select(func.count()).select_from(Lesson))


class CourseView(BaseView):
    route_base, event, datamodel = "/courses", "course", Interface(Course)
    list_title, show_title, add_title, edit_title = _l("Courses"), _l("Course"), _l("Add a course"), _l("Edit the course")
    label_columns = {
        "name": _l("Name"), "language": _l("Language"), "starts_on": _l("Starts on"), "seats": _l("Seats"), "price": _l("Price"),
        "is_remote": _l("Held remotely"), "is_recorded": _l("Recorded"), "school_id": _l("School"), "school": _l("School"),
        "way": _l("Way to the school"), "worker_id": _l("Responsible worker"), "is_full": _l("Full"),
    }  # fmt: skip
    description_columns = {"name": _l("As it stands in the brochure."), "school_id": _l("Write part of the school’s name.")}
    is_in_navigation = True
    list_columns, more_columns = ["name", "language", "starts_on", "seats", "school"], ("price", "is_remote", "is_full")
    order_columns, base_order = ["name", "starts_on"], ("name", "asc")
    search_columns = ["name", "language", "starts_on", "seats", "price", "is_remote", "school_id", "worker_id"]
    search_text_columns = ("name", "way")
    relations = {"school_id": TableRelation(School, "name", is_open=True), "worker_id": WorkerRelation()}
    add_fieldsets = edit_fieldsets = [
        (_l("The course"), {"fields": ["name", "language", "starts_on", "seats", "price"]}),
        (_l("The place"), {"fields": ["is_remote", "is_recorded", "school_id", "way", "worker_id"]}),
    ]  # fmt: skip
    needs = {"is_recorded": "is_remote", "school_id": "is_remote=", "way": "school_id"}
    show_fieldsets = [
        (_l("The course"), {"fields": ["name", "language", "starts_on", "seats", "price", "is_full"]}),
        (_l("The place"), {"fields": ["is_remote", "is_recorded", "school", "way"]}),
    ]  # fmt: skip
    rows = (Rows("lessons", LessonView),)
    tabs = (
        Tab("course", _l("The course"), groups=(0,)), Tab("place", _l("The place"), groups=(1,)), Tab("lessons", _l("Lessons"), related=(LessonView,)),
    )  # fmt: skip
    base_permissions = [*BaseView.base_permissions, "can_search", "can_suggest", "can_export", "can_action_post", "fill"]

    deeds = {"fill": _l("mark as full")}

    def title_of(self, item: Course) -> str:
        return item.name

    @action("fill", _l("Mark as full"), multiple=True, single=False)
    def fill(self, rows: list[Course]) -> list[tuple[Course, str]]:
        told = [(course, _("Was full already.") if course.is_full else _("Is now full.")) for course in rows]
        for course in rows:
            course.is_full = True
        keep_all(db.session, rows, "course:filled")
        return told


class CourseApi(BaseApi):
    view, resource_name = CourseView, "courses"


_WORK = ("can_list", "can_show", "can_add", "can_edit", "can_delete")
_COURSES = (*_WORK, "can_search", "can_suggest", "can_action_post", "fill")
# The entries in the table of roles.
RIGHTS: dict[str, dict[str, tuple[str, ...]]] = {
    "CASEWORKER": {"CourseView": _COURSES, "LessonView": _WORK},
    "TEAM_LEAD": {"CourseView": (*_COURSES, "can_export"), "LessonView": _WORK},
    "INTAKE_WORKER": {"CourseView": ("can_list", "can_show")},
}
# The catalogues: what stands in the texts above, in Finnish and in Swedish.
TEXTS = {
    "A day has at most 8 hours.": ("Päivässä on enintään 8 tuntia.", "En dag har högst 8 timmar."),
    "Add a course": ("Lisää kurssi", "Lägg till en kurs"), "Add a lesson": ("Lisää oppitunti", "Lägg till en lektion"),
    "As it stands in the brochure.": ("Kuten se on esitteessä.", "Som den står i broschyren."),
    "Course": ("Kurssi", "Kurs"), "Courses": ("Kurssit", "Kurser"), "Edit the course": ("Muokkaa kurssia", "Redigera kursen"),
    "Edit the lesson": ("Muokkaa oppituntia", "Redigera lektionen"), "Full": ("Täynnä", "Fullsatt"), "Held remotely": ("Etänä", "På distans"),
    "Hours": ("Tunnit", "Timmar"), "Is now full.": ("On nyt täynnä.", "Är nu fullsatt."), "Lesson": ("Oppitunti", "Lektion"),
    "Lessons": ("Oppitunnit", "Lektioner"), "Mark as full": ("Merkitse täyteen", "Märk som fullsatt"), "Price": ("Hinta", "Pris"),
    "mark as full": ("merkitä täyteen", "märka som fullsatt"), "Recorded": ("Tallennetaan", "Spelas in"), "School": ("Oppilaitos", "Läroanstalt"), "Seats": ("Paikat", "Platser"),
    "Starts on": ("Alkaa", "Börjar"), "Subject": ("Aihe", "Ämne"), "The course": ("Opetus", "Undervisning"), "The place": ("Paikka", "Plats"),
    "Was full already.": ("Oli jo täynnä.", "Var redan fullsatt."), "Way to the school": ("Reitti oppilaitokseen", "Vägen till läroanstalten"),
    "Write part of the school’s name.": ("Kirjoita osa oppilaitoksen nimestä.", "Skriv en del av läroanstaltens namn."),
}  # fmt: skip
