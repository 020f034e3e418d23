"""Pages of figures of other registers: what is brought, a file looked at before it is brought in, and taking figures away."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_appbuilder.baseviews import BaseView
from flask_appbuilder.security.decorators import has_access, permission_name
from flask_babel import format_date, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, validators

from app.access.actor import current_actor
from app.db.base import db
from app.reports.asked import LEVELS
from app.reports.catalogue.all import INDICATORS
from app.reports.catalogue.indicator import Status
from app.reports.periods import UnknownPeriodError, period_named
from app.reports.series.bringing import LONGEST_SOURCE, bring_series, checked, withdraw
from app.reports.series.files import brought, file_of, keep_file, waiting_of
from app.reports.series.models import ReportSeriesFile
from app.reports.series.rows import MOST_BYTES, MOST_ROWS
from app.reports.series.shown import brought_table, faults_table, preview_table
from app.reports.shown import period_text
from app.web.forms import Form
from app.web.language import current_language, speak
from app.web.large_requests import takes


def _external() -> list[tuple[str, Any]]:
    found = [one for one in INDICATORS.values() if one.status is Status.EXTERNAL]
    return [("", _("told in the file")), *((one.id, f"{one.id} {one.text('name', current_language())}") for one in found)]


def _levels() -> list[tuple[str, Any]]:
    return [("", _("told in the file")), *((level.value, text) for level, text in LEVELS.items())]


class SeriesForm(Form):
    """What is said beside a file."""

    source = StringField(_l("Source"), [validators.InputRequired(_l("Name the register and its table.")), validators.Length(max=LONGEST_SOURCE)],
                         description=_l("The register and its table, as they are named beside the figures."))  # fmt: skip
    indicator = SelectField(_l("Indicator of all rows"), choices=_external)
    period = StringField(_l("Period of all rows"), [validators.Length(max=7)], description=_l("2026, 2026Q3 or 2026-09; empty when the file tells it."))
    level = SelectField(_l("Level of all rows"), choices=_levels)

    def validate_period(self, field: Any) -> None:
        try:
            period_named(field.data) if field.data else None
        except UnknownPeriodError:
            raise validators.ValidationError(_("There is no such period. Write it as 2026, 2026Q3 or 2026-09.")) from None


class ReportSeriesView(BaseView):  # type: ignore[misc]
    """The national agency brings published figures in, for every reader; nothing in them is of a client."""

    route_base = "/reports/series"
    default_view = "list"
    list_title, add_title = _l("Figures of other registers"), _l("Bring in a file of figures")
    base_permissions = ["can_list", "can_add", "can_withdraw"]
    deeds = {"can_withdraw": _l("take figures of other registers away")}

    @expose("/")
    @has_access
    def list(self) -> Any:
        """Show what is brought, and of which indicators nothing is."""
        may, found, waiting = self.appbuilder.sm.has_access, brought(db.session), waiting_of(db.session, _user())
        there = {one.indicator for one in found}
        missing = [one for one in INDICATORS.values() if one.status is Status.EXTERNAL and one.id not in there]
        return self.render_template(
            "koto/report_series.html", title=self.list_title, add_url=url_for("ReportSeriesView.add") if may("can_add", "ReportSeriesView") else None,
            waiting=(waiting.name, url_for("ReportSeriesView.check", pk=waiting.id)) if waiting and may("can_add", "ReportSeriesView") else None,
            table=brought_table(found, can_withdraw=may("can_withdraw", "ReportSeriesView")), missing=[f"{one.id} {one.text('name', current_language())}" for one in missing],
        )  # fmt: skip

    @expose("/add", methods=["GET", "POST"])
    @has_access
    @takes(MOST_BYTES + 1)
    def add(self) -> Any:
        """Take a file, and lead to what it would bring."""
        form = SeriesForm(formdata=None) if request.method == "GET" else SeriesForm()
        if (language := request.form.get("_language", "")) in ("fi", "sv"):
            speak(language)
            return self._form(form)
        if request.method == "GET":
            return self._form(form)
        sent, is_right = request.files.get("file"), form.validate()
        if not is_right or sent is None or not sent.filename:
            return self._form(form, None if sent and sent.filename else _("Choose a file.")), 422
        name = sent.filename.replace("\\", "/").rsplit("/", 1)[-1]
        kept = keep_file(db.session, _user(), name, sent.stream.read(MOST_BYTES + 1), form.source.data, indicator=form.indicator.data, period=form.period.data or "", level=form.level.data)
        return redirect(url_for("ReportSeriesView.check", pk=kept.id), 303)

    @expose("/check/<pk>", methods=["GET", "POST"])
    @has_access
    @permission_name("add")
    def check(self, pk: str) -> Any:
        """Show row by row what stops a file, or what it would bring; bring it in when its sender says so."""
        kept = file_of(db.session, _user(), pk) or abort(404)
        if request.method == "POST":
            return self._bring(kept)
        found = checked(kept.content, kept.source, **kept.beside)
        there = {(one.indicator, one.period) for one in brought(db.session)}
        lead = _("%(name)s, sent on %(day)s; source: %(source)s", name=kept.name, day=format_date(kept.sent_at), source=kept.source)
        return self.render_template(
            "koto/report_series_check.html", title=_("What the file would bring"), lead=lead, faults=faults_table(found.findings), number=len(found.findings),
            preview=preview_table(found, there), figures=len(found.cells), left_out=found.left_out, form_action=url_for("ReportSeriesView.check", pk=pk),
        )  # fmt: skip

    def _bring(self, kept: ReportSeriesFile) -> Any:
        # Whoever commits for the figures commits for the file that is not needed any more.
        content, source, beside = kept.content, kept.source, kept.beside
        found = checked(content, source, **beside)
        if found.findings:
            return redirect(url_for("ReportSeriesView.check", pk=kept.id), 303)
        db.session.delete(kept)
        made = bring_series(db.session, content, source, **beside)
        flash(ngettext("%(num)d figure was brought in.", "%(num)d figures were brought in.", made.figures), "success")
        return redirect(url_for("ReportSeriesView.list"), 303)

    @expose("/withdraw/<indicator>/<period>", methods=["GET", "POST"])
    @has_access
    @permission_name("withdraw")
    def withdraw(self, indicator: str, period: str) -> Any:
        """Ask whether the figures of an indicator and a period are taken away, and do it."""
        there = [one for one in brought(db.session) if (one.indicator, one.period) == (indicator, period)]
        if not there:
            flash(_("There are no such figures any more."), "info")
            return redirect(url_for("ReportSeriesView.list"), 303)
        if request.method == "POST":
            gone = withdraw(db.session, indicator, period)
            flash(ngettext("%(num)d figure was taken away.", "%(num)d figures were taken away.", gone), "success")
            return redirect(url_for("ReportSeriesView.list"), 303)
        return self._asked(indicator, period, there)

    def _asked(self, indicator: str, period: str, there: Any) -> Any:
        name = INDICATORS[indicator].text("name", current_language())
        number = sum(one.figures for one in there)
        return self.render_template(
            "koto/confirmation.html", title=_("Take the figures away?"), lead=_("%(name)s, %(period)s", name=name, period=period_text(period_named(period))),
            panels=[{"title": _("What is taken away"), "kind": "facts", "rows": [{"label": _("Source"), "text": ", ".join(one.source for one in there)}, {"label": _("Figures"), "text": str(number)}]}],
            form_action=url_for("ReportSeriesView.withdraw", indicator=indicator, period=period), carried=[], submit_label=_("Take away"), is_form=False,
            cancel_url=url_for("ReportSeriesView.list"), main_form="main-form",
        )  # fmt: skip

    def _form(self, form: SeriesForm, error: str | None = None) -> str:
        limits = _("CSV or JSON-stat 2.0 in UTF-8, at most %(size)d megabytes and %(rows)d rows. Nothing is brought in before you have seen what the file holds.",
                   size=MOST_BYTES // 1_000_000, rows=MOST_ROWS)  # fmt: skip
        return self.render_template(  # type: ignore[no-any-return]
            "koto/report_series_add.html", title=self.add_title, form=form, error=error, limits=limits, groups=[{"fields": ["source", "indicator", "period", "level"]}],
            form_action=url_for("ReportSeriesView.add"), back_url=url_for("ReportSeriesView.list"), main_form="main-form",
        )  # fmt: skip


def _user() -> int:
    return (current_actor() or abort(403)).user_id
