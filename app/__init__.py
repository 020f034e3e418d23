"""Koto-digi: client data for the integration of immigrants. Wiring only."""

from __future__ import annotations

import os
import time
from typing import Any

from flask import Flask
from flask_babel import lazy_gettext as _l
from werkzeug.middleware.proxy_fix import ProxyFix

from app.access.visibility import RULES
from app.accessibility.views import statement
from app.appointments import hooks as _interviews_follow_bookings  # noqa: F401 -- listens to the session
from app.appointments.api import AppointmentApi
from app.appointments.views import AppointmentView
from app.assessments import hooks as _assessments_follow_measures  # noqa: F401 -- listens to the session
from app.assessments.api import AssessmentApi
from app.assessments.views import AssessmentView
from app.audit.record import PURPOSES_OF
from app.care.lists.views import CodeListView
from app.care.organisations.views import OrganisationCareView
from app.care.settings.views import NationalNumberView, SettingsView, settings_buttons
from app.care.use.views import OrganisationUseView
from app.children.views import ChildHearingView, RepresentativeView
from app.clients.api import ClientApi, NoteApi
from app.clients.closing import CLOSING, Closing
from app.clients.fact_views import (
    EducationRecordView,
    FamilyLinkView,
    LanguageSkillView,
    NoteView,
    ResidenceBasisView,
    WorkRecordView,
)
from app.clients.protection import ProtectionRule
from app.clients.queries import responsible_worker_of
from app.clients.reminder_views import ReminderView
from app.clients.views import ClientView
from app.commands import register_commands
from app.consents.foundation import FOUNDATION, Foundation
from app.consents.views import ConsentView
from app.contacts.views import InitialContactView
from app.db.base import db, migrate
from app.demo.accounts import shown_accounts
from app.directories.views import DirectoryGroupView, DirectoryStatusView, DirectoryView
from app.duplicates.case_views import DuplicateCaseView
from app.duplicates.hindrances import BEFORE_MERGE
from app.duplicates.seeking import SamePerson
from app.duplicates.views import ClientMergeView, same_person_buttons
from app.duties import DUTIES_OF_THE_CLOCK
from app.gauges import gauges
from app.examinations.my_views import MyExplanationView
from app.examinations.rule_views import LogRuleView
from app.examinations.views import LogFindingView
from app.explanations.views import ExplanationView, explanation_buttons
from app.guidance.views import GuidanceEntryView, guidance_buttons
from app.guidance.withdrawal import go_with_consent, told_of_withdrawal
from app.help.views import guide, help_address
from app.home.client_overview import client_overview, glance
from app.home.county_overview import assessment_overview, review_overview
from app.home.matters import open_matters
from app.home.plan_overview import plan_overview
from app.home.views import HomeView
from app.imports.api import ImportApi
from app.imports.certificate.views import ImportCertificateView
from app.imports.specification.views import SpecificationView
from app.imports.workspace.file_views import ImportFileView
from app.imports.workspace.finding_views import ImportFindingView
from app.imports.workspace.match_views import ImportMatchView
from app.imports.workspace.sheet_views import ImportSheetView
from app.imports.workspace.undo_views import ImportUndoView
from app.imports.workspace.views import ImportBatchView
from app.imports.workspace.work_views import ImportWorkView
from app.jobs.access import ACTOR_OF
from app.jobs.duties import DUTIES
from app.jobs.state import state_of_workers
from app.logs.views import LogView, log_buttons
from app.news.queries import unread
from app.news.views import NewsEntryView, whats_new
from app.notices.banner import banners
from app.notices.views import AnnouncementView, dismissals
from app.obligations import hooks as _obligations_follow_facts  # noqa: F401 -- listens to the session
from app.obligations.number_views import LocalNumberView
from app.obligations.views import ObligationView
from app.organisations.api import OrganisationApi
from app.organisations.views import OrganisationView
from app.participations.queries import purposes_of
from app.participations.sight import ProfileSight
from app.participations.views import ParticipationView
from app.plans.closing import end_all_participations, plans_of_both, plans_to_settle
from app.plans.api import PlanApi
from app.plans.version_views import PlanVersionView
from app.plans.views import PlanView
from app.reports.open.views import open_figures
from app.reports.out.api import FigureApi
from app.reports.out.views import ReportFileView
from app.reports.paper.views import ReportPaperView
from app.reports.persons.views import ReportPersonsView
from app.reports.quality.views import ReportQualityView
from app.reports.series.views import ReportSeriesView
from app.reports.public_views import public_figures
from app.reports.subscriptions.views import ReportSubscriptionView
from app.reports.views import ReportView
from app.responsibility.queries import demands_training
from app.responsibility.views import PracticeView, ResponsibilityPeriodView, StatusPeriodView
from app.reviews.views import PlanReviewView
from app.rights.grant_views import AccessGrantView, RightOpeningView
from app.rights.my_views import MyRightsView
from app.rights.training import DEMANDED_BY, WANTED_OF
from app.rights.trainees.views import training_access
from app.rights.views import RightApplicationView
from app.roles.local_views import LocalRoleView
from app.roles.views import RoleView
from app.add_ons.bearer import is_no_program, load_program, program_key, register_use
from app.add_ons.document_views import described
from app.add_ons.decision_views import AddOnDecisionView
from app.add_ons.views import AddOnTokenView, AddOnView
from app.notices.queries import STAGE_OF
from app.rollout.queries import stage_here
from app.rollout.row_views import RolloutContactView, RolloutObstacleView, RolloutStepView
from app.rollout.views import RolloutView
from app.services.api import PlannedServiceApi
from app.services.language_test_views import LanguageTestResultView
from app.services.views import PlannedServiceView
from app.styleguide.views import styleguide
from app.training.places.course_views import TrainingCourseView
from app.training.places.views import TrainingPlaceView
from app.training.exercises.certificate import wanted_of
from app.training.exercises.views import exercises
from app.switches.models import switches
from app.switches.views import FunctionSwitchView
from app.transfers.queries import open_transfers_of_both
from app.transfers.views import TransferEscalationView, TransferView, transfer_buttons
from app.users.acting import actor_of
from app.users.language import remember_language
from app.users.letter_views import my_letters
from app.users.password_views import my_password
from app.users.recovery_views import my_codes
from app.users.second_factor_views import second_step
from app.users.session_views import my_sessions
from app.users.session_watch import register_session_watch
from app.users.settings_views import my_settings
from app.users.sign_in import load_person
from app.web.app_builder import LeanAppBuilder
from app.web.csrf import FormTokens
from app.web.declarations import Tab
from app.web.draft_routes import drafts
from app.web.errors import register_errors
from app.web.headers import configure_logging, register_headers
from app.web.health import BEGAN, STATE_OF_WORKERS, health
from app.web.language import DATE_FORMATS, current_language
from app.web.metrics import GAUGES, is_of_this_machine, metrics, register_metrics
from app.web.late_rules import LateRule
from app.web.large_requests import register_large_requests
from app.web.layout import BANNERS, HELP_ADDRESS, UNREAD, register_layout
from app.web.refusals import register_refusals
from app.web.restricted import RESPONSIBLE, RestrictedSight
from app.web.restricted_codes import RestrictedCodeSight
from app.web.rows import Rows
from app.web.static_files import register_static_files
from app.web.switches import SWITCHES, register_switches
from app.work_queue.calendar import my_calendar
from app.work_queue.views import AbsenceView, WorkQueueView
from config import TIME_ZONE, Settings, load_settings

# The pages of a client and of a plan show what the upper features hold; the lower feature does not know them.
ClientView.glance_of, ClientView.overview_of = staticmethod(glance), staticmethod(client_overview)
ClientView.tabs = (
    Tab("overview", _l("Overview")),
    Tab("basics", _l("Basic data"), groups=(0, 1, 2, 3)),
    Tab("residence", _l("Residence"), related=(ResidenceBasisView,)),
    Tab("skills", _l("Skills"), related=(LanguageSkillView, LanguageTestResultView, EducationRecordView, WorkRecordView)),
    Tab("contacts", _l("Contacts and guidance"), related=(InitialContactView, GuidanceEntryView, ConsentView)),
    Tab("assessment", _l("Assessment"), related=(AssessmentView,)),
    Tab("plan", _l("Plan"), related=(PlanView,)),
    Tab("limits", _l("Time limits"), related=(ObligationView,)),
    Tab("appointments", _l("Appointments"), related=(AppointmentView,)),
    Tab("family", _l("Family"), related=(FamilyLinkView, ChildHearingView, RepresentativeView)),
    Tab("entries", _l("Entries"), related=(NoteView,)),
    Tab("responsibility", _l("Responsibility"), related=(ResponsibilityPeriodView, StatusPeriodView)),
    Tab("sharing", _l("Sharing"), related=(ParticipationView, DuplicateCaseView)),
)
ClientView.more_buttons = (transfer_buttons, same_person_buttons, explanation_buttons, log_buttons)
ClientView.same_person = SamePerson()
OrganisationCareView.more_buttons = (settings_buttons,)
ConsentView.more_buttons = (guidance_buttons,)
ParticipationView.matters_of = staticmethod(open_matters)
AssessmentView.overview_of, PlanReviewView.overview_of = staticmethod(assessment_overview), staticmethod(review_overview)
PlanView.overview_of = staticmethod(plan_overview)
PlanView.related = (*PlanView.related, PlannedServiceView, PlanReviewView, PlanVersionView)
PlanView.rows = (*PlanView.rows, Rows("services", PlannedServiceView))

APIS = (ClientApi, NoteApi, AppointmentApi, AssessmentApi, PlanApi, PlannedServiceApi, OrganisationApi, ImportApi, FigureApi)
VIEWS = (
    ClientView, *(view for tab in ClientView.tabs for view in tab.related), ReminderView, *AssessmentView.related, *PlanView.related, *PlanReviewView.related, *PlannedServiceView.related,
    *ParticipationView.related, *GuidanceEntryView.related, ClientMergeView,
    AnnouncementView, FunctionSwitchView, NewsEntryView, OrganisationView, AccessGrantView, RoleView, LocalRoleView, MyRightsView, RightApplicationView, RightOpeningView,
    AddOnView, AddOnTokenView, AddOnDecisionView, DirectoryView, DirectoryGroupView, DirectoryStatusView, LogView, ExplanationView,
    LogFindingView, LogRuleView, MyExplanationView, LocalNumberView, WorkQueueView, AbsenceView, TransferView, TransferEscalationView,
    OrganisationCareView, CodeListView, OrganisationUseView, NationalNumberView, SettingsView,
    PracticeView, SpecificationView, ImportBatchView, ImportFileView, ImportSheetView,
    RolloutView, RolloutStepView, RolloutObstacleView, RolloutContactView,
    TrainingPlaceView, TrainingCourseView,
    ImportWorkView, ImportFindingView, ImportMatchView, ImportUndoView, ImportCertificateView, ReportView, ReportPersonsView, ReportSeriesView, ReportQualityView, ReportFileView, ReportPaperView, ReportSubscriptionView,
)  # fmt: skip

# What the ground asks and only the features can answer.
ANSWERS = {
    "koto_demo_accounts": shown_accounts, "koto_remember_language": remember_language, RULES: (ProfileSight(), ProtectionRule(), RestrictedSight(), RestrictedCodeSight()),
    RESPONSIBLE: responsible_worker_of, PURPOSES_OF: purposes_of,
    CLOSING: Closing(plans_to_settle, end_all_participations), FOUNDATION: Foundation(told_of_withdrawal, go_with_consent),
    BANNERS: banners, STAGE_OF: stage_here, UNREAD: unread, SWITCHES: switches, HELP_ADDRESS: help_address,
    BEFORE_MERGE: (plans_of_both, open_transfers_of_both),
    WANTED_OF: wanted_of, DEMANDED_BY: demands_training, ACTOR_OF: actor_of, DUTIES: DUTIES_OF_THE_CLOCK, STATE_OF_WORKERS: state_of_workers, GAUGES: (gauges,),
}  # fmt: skip


def _register_askers(app: Flask) -> None:
    """Find out who asks, a program before a person: it sends no form token. The use of token and session is written down after the answer."""
    app.before_request(load_program)
    FormTokens(app)
    app.before_request(load_person)
    register_session_watch(app)
    register_use(app)


def _register_blueprints(app: Flask, settings: Settings) -> None:
    """Add the pages that are no generated views."""
    for pages in (health, metrics, drafts, statement, my_settings, my_sessions, my_password, my_codes, second_step, my_calendar, dismissals, whats_new, guide, public_figures, described):
        app.register_blueprint(pages)
    if not settings.is_training:
        # Invented figures may not go out where programs take them for the real ones.
        app.register_blueprint(open_figures)
    if settings.has_invented_persons_only:
        app.register_blueprint(styleguide)
    if settings.is_training:
        for pages in (exercises, my_letters, training_access):
            app.register_blueprint(pages)
    limiter: Any = app.appbuilder.sm.limiter  # type: ignore[attr-defined]
    for pages in (my_password, my_codes, second_step, training_access):
        # Here passwords and codes can be guessed too, and accounts made.
        limiter.limit(settings.login_rate_limit, methods=["POST"])(pages)
    limiter.limit(settings.open_rate_limit)(public_figures)
    limiter.limit(settings.open_rate_limit)(described)
    # Whoever asks here is not known: no cookie is read, so that none can be misused.
    limiter.limit(settings.open_rate_limit)(open_figures)
    app.extensions["csrf"].exempt(open_figures)
    limiter.limit(settings.open_rate_limit, exempt_when=is_of_this_machine)(metrics)
    for api in (view for view in app.appbuilder.baseviews if isinstance(view, APIS)):  # type: ignore[attr-defined]
        limiter.limit(settings.api_rate_limit, key_func=program_key, exempt_when=is_no_program)(api.blueprint)


def create_app(settings: Settings | None = None, **overrides: Any) -> Flask:
    """Make an application; `overrides` are Flask settings for tests."""
    settings = settings or load_settings()
    os.environ["TZ"] = TIME_ZONE
    time.tzset()
    configure_logging()
    app = Flask(__name__, instance_path=str(settings.instance_dir))
    app.url_rule_class = LateRule
    app.config.from_mapping(settings.flask_config())
    app.config.update(overrides)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    db.init_app(app)
    migrate.init_app(app, db)
    register_headers(app)
    register_metrics(app)
    register_large_requests(app)
    _register_askers(app)
    register_switches(app)
    app.extensions.update(ANSWERS | {BEGAN: time.monotonic()})
    appbuilder = LeanAppBuilder(indexview=HomeView)
    with app.app_context():
        appbuilder.init_app(app, db.session)
        for view in VIEWS:
            appbuilder.add_view_no_menu(view)
        for api in APIS:
            appbuilder.add_api(api)
    babel = app.extensions["babel"]
    babel.locale_selector = current_language
    babel.instance.date_formats |= DATE_FORMATS
    _register_blueprints(app, settings)
    register_layout(app)
    register_static_files(app)
    register_errors(app)
    register_refusals(app)
    register_commands(app)
    return app
