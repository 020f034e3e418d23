"""An instructor's courses: make one, see how its members come on, load a member's place anew."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_appbuilder.baseviews import BaseView
from flask_babel import format_datetime, lazy_gettext as _l
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.exc import IntegrityError
from wtforms import BooleanField, StringField, TextAreaField, validators

from app.audit.record import record_event
from app.db.base import db
from app.db.types import new_id
from app.training.exercises.all import BY_ID
from app.training.exercises.queries import finished_by
from app.training.places.actions import ask_course
from app.training.places.job import being_loaded, start_loading
from app.training.places.models import TrainingPlace
from app.training.places.queries import accounts_named, courses_of, last_deeds, trainees_of
from app.training.places.stories import STORIES
from app.training.places.views import empty_and_load, may_teach, names_of, signed_in_where_invented
from app.web.drafts import place_of_form
from app.web.forms import Form, stripped
from app.web.language import speak

MOST_MEMBERS = 40
_NEEDED = validators.DataRequired(_l("Fill in this field."))
_GROUPS = [{"title": _l("Course"), "fields": ["name", "members", "is_shared"]}]


class CourseForm(Form):
    """A course and who takes part."""

    name = StringField(_l("Name of the course"), [_NEEDED, validators.Length(max=80, message=_l("Write at most %(max)d characters."))], filters=[stripped])
    members = TextAreaField(_l("User names of the members"), [_NEEDED, validators.Length(max=4000, message=_l("Write at most %(max)d characters."))],
                            filters=[stripped], description=_l("One on each line. Each member needs an account here."))  # fmt: skip
    is_shared = BooleanField(_l("All work in one place"), description=_l("Without this each member gets a place of their own."))


class TrainingCourseView(BaseView):  # type: ignore[misc]
    route_base, default_view = "/training-courses", "mine"
    list_title = _l("My courses")

    @expose("/")
    def mine(self) -> Any:
        """Show the instructor's courses with their members."""
        if (away := self._away()) is not None:
            return away
        courses = courses_of(db.session, current_user.id)
        places = {place.id: place for found in courses.values() for place in found}
        trainees, names = trainees_of(db.session, places), names_of(list(places.values()))
        loading = being_loaded(db.session, list(places))
        keys = {user.id for _key, user in trainees}
        deeds, finished = last_deeds(db.session, keys), finished_by(db.session, keys)
        shown = [
            {"name": name, "places": [self._row(place, [user for key, user in trainees if key == place.id], deeds, finished, names, loading) for place in found]}
            for name, found in courses.items()
        ]  # fmt: skip
        faults = [story.fault for story in STORIES if story.fault]
        return self.render_template("koto/training_courses.html", title=self.list_title, courses=shown, faults=faults)

    def _row(self, place: TrainingPlace, members: list[Any], deeds: dict[int, Any], finished: dict[int, int], names: dict[str, str],
             loading: set[str]) -> dict[str, Any]:  # fmt: skip
        latest = max((deeds[user.id] for user in members if user.id in deeds), default=None)
        return {
            "id": place.id, "members": [self._member(user, finished.get(user.id, 0)) for user in members], "place": names.get(place.id),
            "is_being_made": place.id in loading or place.made_at is None,
            "latest": format_datetime(latest, "short") if latest else _("Nothing yet"),
        }  # fmt: skip

    def _member(self, user: Any, finished: int) -> str:
        name = f"{user.first_name} {user.last_name}"
        return _("%(name)s: %(finished)d of %(all)d exercises finished", name=name, finished=finished, all=len(BY_ID))

    @expose("/add", methods=["GET", "POST"])
    def add(self) -> Any:
        """Make a course."""
        if (away := self._away()) is not None:
            return away
        if request.method == "GET":
            return self._form(CourseForm(formdata=None), 200)
        form = CourseForm()
        asked_language = request.form.get("_language")
        if asked_language in ("fi", "sv"):
            speak(asked_language)
            return self._form(form, 200)
        members = self._members(form) if form.validate() else None
        if members is None:
            return self._form(form, 422)
        try:
            for place in ask_course(db.session, form.name.data, current_user.id, members, is_shared=form.is_shared.data):
                start_loading(db.session, place)
                record_event(db.session, "training_place:added", row_id=place.id, by=current_user.id)
            db.session.commit()
        except IntegrityError:
            # Somebody else asked for a place at the same moment and took the number.
            db.session.rollback()
            form.form_errors.append(_("Somebody else made a place at the same moment. Save again."))
            return self._form(form, 409)
        flash(_("The places of the course are being made. It takes a moment."), "success")
        return redirect(url_for("TrainingCourseView.mine"), 303)

    def _members(self, form: CourseForm) -> list[int] | None:
        """Give the keys of the accounts named; None with the reasons in the form."""
        wanted = list(dict.fromkeys(name.strip().lower() for name in form.members.data.splitlines() if name.strip()))
        if len(wanted) > MOST_MEMBERS:
            form.members.errors = [_("Name at most %(number)d members.", number=MOST_MEMBERS)]
            return None
        found = accounts_named(db.session, wanted)
        unknown = [name for name in wanted if name not in found]
        if unknown:
            form.members.errors = [_("There is no account of this name: %(names)s", names=", ".join(unknown))]
        elif current_user.id in found.values():
            form.members.errors = [_("You are the instructor; name the members only.")]
        elif form.name.data in courses_of(db.session, current_user.id):
            form.name.errors = [_("You have a course of this name already.")]
        else:
            return [found[name] for name in wanted]
        return None

    def _form(self, form: CourseForm, status: int) -> Any:
        html = self.render_template(
            "koto/form.html", title=_("New course"), form=form, groups=_GROUPS, form_action=place_of_form(), form_token=new_id(), submit_label=_("Make the course"),
            cancel_url=url_for("TrainingCourseView.mine"), main_form="main-form", keeps_draft=False,
        )  # fmt: skip
        return html, status

    @expose("/reset/<pk>")
    def reset(self, pk: str) -> Any:
        """Ask whether to empty a member's place."""
        if (away := self._away()) is not None:
            return away
        place = self._own_or_404(pk)
        return self.render_template("koto/training_reset.html", title=_("Start over in %(place)s?", place=names_of([place]).get(place.id, "")), place=place,
                                    confirmed="TrainingCourseView.confirmed", back="TrainingCourseView.mine")  # fmt: skip

    @expose("/confirm-reset/<pk>", methods=["POST"])
    def confirmed(self, pk: str) -> Any:
        """Empty a member's place and load its clients anew."""
        if (away := self._away()) is not None:
            return away
        empty_and_load(self._own_or_404(pk))
        flash(_("The place is being loaded anew. It takes a moment."), "success")
        return redirect(url_for("TrainingCourseView.mine"), 303)

    def _own_or_404(self, pk: str) -> TrainingPlace:
        found = db.session.get(TrainingPlace, pk)
        return found if found is not None and found.kind == "COURSE" and found.owner_id == current_user.id else abort(404)

    def _away(self) -> Any:
        """Let in who may teach."""
        away = signed_in_where_invented()
        return away if away is not None or may_teach() else abort(403)
