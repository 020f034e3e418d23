"""Pages of the rollout: the picture of the country or a region, an organisation's own page, and the picture as a file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import Response, abort, request, url_for
from flask_appbuilder import expose
from flask_appbuilder.baseviews import BaseView
from flask_appbuilder.security.decorators import has_access, permission_name
from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.access.actor import current_actor
from app.audit.record import record_event
from app.codes.lists import label
from app.db.base import db
from app.organisations.models import Organisation
from app.reports.charts.draw import drawn_pictures
from app.rollout.checklist import demands, last_day, shown_demands
from app.rollout.labels import WORRIES
from app.rollout.picture import MAP, SHOWN, curve, legend, needs_help, region_name, regions, row_of, stage_text, who_table
from app.rollout.queries import Place, contacts_of, looked_after, open_obstacles, places, roles_held, steps_by_stage
from app.rollout.rules import forecast, worries
from app.rollout.stages import STAGES, steps_of
from app.web.export import FILE_TYPES, file_of
from app.web.language import current_language
from app.web.table import table

_REGIONS = sorted({code for row in MAP for code in row if code})


class RolloutView(BaseView):  # type: ignore[misc]
    """How far each organisation has come is told to every authority that takes part; contacts and obstacles to who looks after it."""

    route_base = "/rollout"
    default_view = "list"
    list_title, show_title = _l("Taking into use"), _l("Taking into use")
    is_in_navigation = True
    base_permissions = ["can_list", "can_show", "can_export"]
    deeds = {"can_export": _l("take the picture of the rollout out as a file")}

    @expose("/")
    @has_access
    def list(self) -> Any:
        """Show the country, or narrowed to a region, a stage or who needs help."""
        today = date.today()
        last, found = last_day(today), places(db.session, today)
        municipalities = [one for one in found if one.organisation.kind == "MUNICIPALITY"]
        narrowed = self._narrowed(municipalities, today, last)
        told = forecast((one.progress for one in municipalities), today, last)
        (chart,) = drawn_pictures(db.session, [curve(municipalities, today, last, told)])
        return self.render_template(
            "koto/rollout.html", title=self.list_title, lead=_("By %(day)s every municipality uses the system (681/2023 §§ 74.2, 102.3–4).", day=_day(last)),
            figures=_figures(told, sum(needs_help(one, today, last) for one in municipalities)), chart=chart, regions=regions(municipalities, today),
            legend=legend(municipalities, today), who=who_table(narrowed, today, last), more=max(0, len(narrowed) - SHOWN), others=_others(found, today),
            own_url=self._own_url(found), choices={
                "region": [("", _("All regions")), *((code, region_name(code)) for code in _REGIONS)],
                "stage": [("", _("All stages")), *((stage, stage_text(stage)) for stage in STAGES)],
                "help": [("", _("All")), ("1", _("Those who may need help"))],
            },
            chosen={name: request.args.get(name, "") for name in ("region", "stage", "help")},
            files=[(_("As an Excel file"), self._file_url("xlsx")), (_("As a CSV file"), self._file_url("csv"))],
        )  # fmt: skip

    @expose("/show/<organisation>")
    @has_access
    def show(self, organisation: str) -> Any:
        """Show an organisation: its stages, the demands of the act, and to who looks after it whom to ask and what stands in the way."""
        today, actor = date.today(), current_actor() or abort(403)
        one = next(iter(places(db.session, today, Organisation.id == organisation)), None) or abort(404)
        is_own = one.organisation.id == actor.organisation_id
        sees_all = is_own or db.session.scalar(select(Organisation.id).where(Organisation.id == organisation, looked_after(db.session, actor))) is not None
        last, progress = last_day(today), one.progress
        rows = steps_by_stage(db.session, organisation)
        return self.render_template(
            "koto/rollout_show.html", title=one.organisation.name_in(current_language()), stage=stage_text(progress.stage(today)), next=stage_text(progress.next(today)),
            worries=[str(WORRIES[worry]) for worry in worries(progress, today, last)], steps=_steps(one, rows, may_edit=is_own and self._may("can_edit", "RolloutStepView")),
            demands=shown_demands(demands(progress, roles_held(db.session, organisation, today), today), day=_day) if one.organisation.kind == "MUNICIPALITY" else [],
            contacts=contacts_of(db.session, organisation) if sees_all else None, obstacles=open_obstacles(db.session, organisation) if sees_all else None,
            texts={name: lambda code, name=name: label(name, code, current_language()) for name in ("ROLLOUT_TASK", "ROLLOUT_OBSTACLE")}, day=_day,
            links=[(text, url_for(f"{view}.{to}")) for view, text, to in _LINKS if is_own and self._may("can_add", view)], back_url=url_for("RolloutView.list"),
        )  # fmt: skip

    @expose("/picture.<form>")
    @has_access
    @permission_name("export")
    def file(self, form: str) -> Any:
        """Give the narrowed table as a file."""
        if form not in FILE_TYPES:
            abort(400)
        today = date.today()
        last = last_day(today)
        found = self._narrowed([one for one in places(db.session, today) if one.organisation.kind == "MUNICIPALITY"], today, last)
        heads = [_("Code"), _("Organisation"), _("Rollout stage"), _("Next step"), _("In use, as planned"), _("Why help may be needed")]
        answer: Response = file_of(form, [heads, *([one.organisation.code, *row_of(one, today, last)] for one in found)], f"koto-rollout-{today}")
        record_event(db.session, "rollout:exported", hits=len(found))
        db.session.commit()
        return answer

    def _narrowed(self, found: Sequence[Place], today: date, last: date) -> Sequence[Place]:
        region, stage, asks = (request.args.get(name, "") for name in ("region", "stage", "help"))
        return [
            one for one in found
            if region in ("", one.organisation.region_code) and stage in ("", one.progress.stage(today)) and (not asks or needs_help(one, today, last))
        ]  # fmt: skip

    def _own_url(self, found: Sequence[Place]) -> str | None:
        actor = current_actor() or abort(403)
        return next((url_for("RolloutView.show", organisation=actor.organisation_id) for one in found if one.organisation.id == actor.organisation_id), None)

    def _file_url(self, form: str) -> str | None:
        kept: dict[str, Any] = {name: request.args[name] for name in ("region", "stage", "help") if request.args.get(name)}
        return url_for("RolloutView.file", form=form, **kept) if self._may("can_export", "RolloutView") else None

    def _may(self, permission: str, view: str) -> bool:
        return bool(self.appbuilder.sm.has_access(permission, view))


_LINKS = (
    ("RolloutContactView", _l("Name a contact person"), "add"), ("RolloutObstacleView", _l("Tell of an obstacle"), "add"),
)  # fmt: skip


def _day(day: date) -> str:
    return format_date(day)


def _figures(told: Any, in_need: int) -> list[dict[str, Any]]:
    return [
        {"value": f"{told.now} / {told.all}", "label": _("Municipalities that use the system")},
        {"value": str(told.by_plans), "label": _("In time, as planned")},
        {"value": str(told.by_pace), "label": _("In time, by the pace of the last eight weeks")},
        {"value": str(in_need), "label": _("May need help"), "url": url_for("RolloutView.list", help="1", _anchor="who")},
    ]  # fmt: skip


def _others(found: Sequence[Place], today: date) -> dict[str, Any]:
    """Give the table of counties and agencies, who take into use by their rights."""
    names = {"name": _("Organisation"), "kind": _("Kind"), "stage": _("Rollout stage"), "next": _("Next step")}
    language = current_language()
    return table(names, [
        (url_for("RolloutView.show", organisation=one.organisation.id),
         [one.organisation.name_in(language), label("ORGANISATION_KIND", one.organisation.kind, language), stage_text(one.progress.stage(today)), stage_text(one.progress.next(today))])
        for one in found if one.organisation.kind != "MUNICIPALITY"
    ])  # fmt: skip


def _steps(one: Place, rows: Any, *, may_edit: bool) -> dict[str, Any]:
    names = {"stage": _("Rollout stage"), "planned": _("Planned for"), "reached": _("Reached on"), "source": _("How it is known"), "note": _("Note")}

    def cells(stage: Any) -> list[str]:
        row = rows.get(stage)
        if row is None:
            return [stage_text(stage), "–", "–", "–", ""]
        source = _("not needed here") if row.is_skipped else _("the records show it") if row.seen_on else _("told by the organisation") if row.told_on else "–"
        return [stage_text(stage), _day(row.planned_on) if row.planned_on else "–", _day(row.reached_on) if row.reached_on else "–", source, row.note or ""]

    return table(names, [(url_for("RolloutStepView.edit", pk=rows[stage].id) if may_edit and stage in rows else None, cells(stage)) for stage in steps_of(one.progress.kind)])
