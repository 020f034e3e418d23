"""A trainee's own place: ask for it, follow its making, empty it, take files to practise with. Whoever has signed in sees what is their own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import Response, abort, current_app, flash, redirect, url_for
from flask_appbuilder import expose
from flask_appbuilder.baseviews import BaseView
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.access.actor import current_actor
from app.audit.record import record_event
from app.db.base import db
from app.organisations.models import Organisation
from app.organisations.places import is_code_of_place
from app.training.places.actions import ask_place
from app.training.places.files import FAULTS, FILES, content_of
from app.training.places.job import being_loaded, start_loading
from app.training.places.models import TrainingPlace
from app.training.places.queries import known_client, own_place, places_of
from app.web.language import current_language

_TEACHES = ("TEAM_LEAD", "ACCESS_ADMIN")


def signed_in_where_invented() -> Any:
    """Give the way to the sign-in page to who has not signed in; where people are real, there are no such pages."""
    if not current_app.config["KOTO"].has_invented_persons_only:
        abort(404)
    return None if current_user.is_authenticated else redirect(url_for("SignInView.login"), 303)


def may_teach() -> bool:
    """Tell whether the reader leads a team or administers rights in the country; in a training place everybody has those roles."""
    actor = current_actor()
    return actor is not None and actor.role in _TEACHES and not is_code_of_place(actor.organisation_code)


def names_of(places: Sequence[TrainingPlace]) -> dict[str, str]:
    """Give the names of places' municipalities in the reader's language; none for one that is not made yet."""
    keys = [place.municipality_id for place in places if place.municipality_id]
    found = {row.id: row.name_in(current_language()) for row in db.session.scalars(select(Organisation).where(Organisation.id.in_(keys)))}
    return {place.id: found[place.municipality_id] for place in places if place.municipality_id in found}


def empty_and_load(place: TrainingPlace) -> None:
    """Ask the worker to load a place anew, with an event, and commit; where that is asked already, leave it so."""
    try:
        start_loading(db.session, place)
        record_event(db.session, "training_place:emptied" if place.made_at else "training_place:added", row_id=place.id, by=current_user.id)
        db.session.commit()
    except IntegrityError:
        db.session.rollback()


class TrainingPlaceView(BaseView):  # type: ignore[misc]
    route_base, default_view = "/training-place", "mine"
    list_title = _l("My training place")

    @expose("/")
    def mine(self) -> Any:
        """Show the places that the person works in."""
        if (away := signed_in_where_invented()) is not None:
            return away
        places = places_of(db.session, current_user.id)
        names, loading = names_of(places), being_loaded(db.session, [place.id for place in places])
        found = [{"place": place, "name": names.get(place.id) or _("A new place"), "course": place.name, "is_being_made": place.id in loading} for place in places]
        has_own = any(place.kind == "OWN" for place in places)
        return self.render_template("koto/training_place.html", title=self.list_title, places=found, has_own=has_own, may_teach=may_teach(), files=FILES, faults=FAULTS)

    @expose("/make", methods=["POST"])
    def make(self) -> Any:
        """Ask for a place of one's own."""
        if (away := signed_in_where_invented()) is not None:
            return away
        try:
            place = own_place(db.session, current_user.id) or ask_place(db.session, current_user.id)
            if place.made_at is None:
                start_loading(db.session, place)
                record_event(db.session, "training_place:added", row_id=place.id, by=current_user.id)
            db.session.commit()
        except IntegrityError:
            # Asked for at the same moment by the same person, or by another who took the number: the page shows which.
            db.session.rollback()
        flash(_("Your training place is being made. It takes a moment."), "success")
        return redirect(url_for("TrainingPlaceView.mine"), 303)

    @expose("/reset/<pk>")
    def reset(self, pk: str) -> Any:
        """Ask whether to empty the place."""
        if (away := signed_in_where_invented()) is not None:
            return away
        place = self._own_or_404(pk)
        return self.render_template("koto/training_reset.html", title=_("Start over in %(place)s?", place=names_of([place]).get(place.id, "")), place=place)

    @expose("/confirm-reset/<pk>", methods=["POST"])
    def confirmed(self, pk: str) -> Any:
        """Empty the place and load its clients anew."""
        if (away := signed_in_where_invented()) is not None:
            return away
        empty_and_load(self._own_or_404(pk))
        flash(_("The place is being loaded anew. It takes a moment."), "success")
        return redirect(url_for("TrainingPlaceView.mine"), 303)

    @expose("/file/<pk>/<name>")
    def file(self, pk: str, name: str) -> Any:
        """Give a file to practise a move with."""
        if (away := signed_in_where_invented()) is not None:
            return away
        place, found = self._own_or_404(pk), next((file for file in FILES if file.name == name), None)
        if found is None or place.made_at is None:
            abort(404)
        content = content_of(found, place.seed, known_client(db.session, place), date.today())
        return Response(content, content_type=found.content_type, headers={"Content-Disposition": f'attachment; filename="{found.name}"'})

    def _own_or_404(self, pk: str) -> TrainingPlace:
        """Give a place that the person works in."""
        found = next((place for place in places_of(db.session, current_user.id) if place.id == pk), None)
        return found if found is not None else abort(404)
