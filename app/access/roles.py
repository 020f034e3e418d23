"""Roles of process.md § 9.2 as permissions on views; `security sync` writes them into the database."""

from __future__ import annotations

_READ: tuple[str, ...] = ("can_list", "can_show")
_FIND: tuple[str, ...] = (*_READ, "can_search")
_WRITE: tuple[str, ...] = (*_READ, "can_add", "can_edit", "can_delete")

CLIENT_VIEWS = ("ClientView", "ResidenceBasisView", "LanguageSkillView", "EducationRecordView", "WorkRecordView",
                "FamilyLinkView", "ChildHearingView", "RepresentativeView", "NoteView", "AssessmentView", "AssessmentGroundView", "ClarifyingMeasureView", "PlanView", "GoalView",
                "PlannedServiceView",
                "PlanReviewView", "ReviewedGoalView", "HindranceView", "ServiceParticipationView", "ServiceHoursView", "ServiceInterruptionView",
                "LanguageTestResultView", "AppointmentView", "InitialContactView", "GuidanceEntryView", "GuidanceNeedView")  # fmt: skip

# Examines what was found in the log of the own organisation (§ 79.3).
_EXAMINE: tuple[str, ...] = (*_READ, "can_examine", "can_action_post", "take_findings")

# The beginning of a client's path (§§ 9–10).
_BEGINNING: dict[str, tuple[str, ...]] = {
    "InitialContactView": (*_WRITE, "can_handle", "can_correct"), "GuidanceEntryView": _WRITE, "GuidanceNeedView": _WRITE,
    # A consent is withdrawn and never deleted.
    "ConsentView": (*_READ, "can_add", "can_edit", "can_withdraw"),
}

_CASEWORK = dict.fromkeys(CLIENT_VIEWS, _WRITE)
_CASEWORK |= {
    **_BEGINNING,
    "AssessmentView": (*_WRITE, "can_interview", "can_complete", "can_skip", "can_cancel"),
    "PlanView": (*_WRITE, "can_agree", "can_extend", "can_interrupt", "can_resume", "can_limit_to_studies", "can_end", "can_print", "can_tell_kela"),
    # Each is written by its deed and stays as it was.
    "PlanVersionView": (*_READ, "can_print"),
    "PlannedServiceView": (*_WRITE, "can_refer", "can_queue", "can_accept", "can_start", "can_pause", "can_resume", "can_complete",
                           "can_discontinue", "can_lapse", "can_cancel"),
    # Deeds of the service make these; here they are corrected.
    "ServiceParticipationView": (*_READ, "can_edit"), "ServiceInterruptionView": (*_READ, "can_edit"),
    "AppointmentView": (*_WRITE, "can_attend", "can_cancel", "can_miss", "can_excuse", "can_propose", "can_waive"),
    # The results of the goals come and go with their review.
    "ReviewedGoalView": (*_READ, "can_edit"),
    "ClientView": (*_FIND, "can_add", "can_edit", "can_suggest", "can_identity_code", "can_protected", "can_action_post", "take", "can_restricted", "can_close",
                   "can_reopen"),
    # What the team tells itself; the client reads it on request, no other role here does.
    "ReminderView": _WRITE,
    "ParticipationView": (*_READ, "can_invite", "can_end"),
    # Derived from what is recorded; nobody writes them.
    "ObligationView": _READ,
    # What is restricted is opened by who is responsible for the client and by the lead (`app/web/restricted.py`).
    "CountyStatementView": (*_READ, "can_restricted"),
    # Of health and ability; no other role has it (V9).
    "RestrictedSectionView": (*_WRITE, "can_restricted"),
    "ClientMergeView": (*_READ, "can_propose", "can_different"),
    "DuplicateCaseView": (*_READ, "can_answer"),
    # Job search is recorded; who is responsible follows from it.
    "StatusPeriodView": _WRITE, "ResponsibilityPeriodView": _READ,
    # Moves a client to another municipality, or asks for one who has moved here (§ 85).
    "TransferView": (*_READ, "can_send", "can_request", "can_suggest", "can_accept", "can_reject", "can_ask", "can_reply", "can_withdraw"),
    "OrganisationView": _FIND,
    "HomeView": ("can_index",),
    "WorkQueueView": _READ, "AbsenceView": (*_READ, "can_suggest"),
    "ReportView": _READ,
    # Whom a figure counts: only for those who serve the clients anyway.
    "ReportPersonsView": ("can_list",),
}
# Whoever keeps records sees how they came to be, and may bring an earlier version back where editing is allowed.
_WITHOUT_HISTORY = frozenset({"OrganisationView", "ReportView", "ObligationView", "AbsenceView", "WorkQueueView", "TransferView", "PlanVersionView", "ClientMergeView",
                              # Go whole with the consent they rest on.
                              "GuidanceEntryView", "GuidanceNeedView"})


def _with_history(views: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {
        view: (*permissions, "can_history") if "can_show" in permissions and view not in _WITHOUT_HISTORY else permissions
        for view, permissions in views.items()
    }


_CASEWORK = _with_history(_CASEWORK)

# A file leaves the system: exports are the lead's.
_LEAD = _CASEWORK | {view: (*_CASEWORK[view], "can_export") for view in ("ClientView", "AssessmentView", "PlanView")}
_LEAD |= {"ClientMergeView": (*_LEAD["ClientMergeView"], "can_merge", "can_undo", "can_reconsider")}
_LEAD |= {view: (*_LEAD[view], "can_restricted_all") for view in ("ClientView", "CountyStatementView", "RestrictedSectionView")}
# Who is a victim of trafficking is seen by a right of its own, in lists and files too (§§ 14.1 item 7, 79.2); a role of the organisation's own can withhold it.
_LEAD |= {"ClientView": (*_LEAD["ClientView"], "can_trafficking")}
# What was agreed wrongly is put right by the lead.
_LEAD |= {"PlanView": (*_LEAD["PlanView"], "can_correct", "can_annul")}
# Data that are due to be deleted are kept, and let go, by the lead (§ 77).
_LEAD |= {"ClientView": (*_LEAD["ClientView"], "can_hold", "can_release")}
# The lead answers a client who asks who has handled the data, and confirms yearly whose rights are still needed.
_LEAD |= {"HomeView": ("can_index", "can_team"), "LogView": ("can_show",), "ExplanationView": ("can_show",), "AccessGrantView": (*_READ, "can_confirm")}
_LEAD |= {"LogFindingView": _EXAMINE, "LocalNumberView": _WRITE, "PracticeView": (*_READ, "can_add", "can_edit")}
# The lead divides the work.
_LEAD |= {"WorkQueueView": (*_READ, "can_suggest", "can_action_post", "reassign"), "AbsenceView": (*_WRITE, "can_suggest"),
          "ClientView": (*_LEAD["ClientView"], "reassign")}

# Prepares the moving in from an old system; what can be brought in names no client.
_LEAD |= {"SpecificationView": ("can_list",)}
# Moves the municipality's data in from its old system. A file names clients before they are anybody's here.
_LEAD |= {"ImportBatchView": (*_READ, "can_add", "can_edit"), "ImportFileView": ("can_show", "can_edit", "can_delete"), "ImportSheetView": ("can_edit",)}
# Brings the records in, and takes them back.
_LEAD |= {
    "ImportWorkView": ("can_show", "can_rehearse", "can_commit", "can_undo", "can_steer"),
    "ImportFindingView": (*_READ, "can_close", "can_reopen", "can_assign", "can_suggest", "can_action_post", "close_findings", "assign_findings",
                          "can_returned"),
    "ImportMatchView": ("can_list", "can_decide"), "ImportCertificateView": ("can_show", "can_sign"),
}

# How much the service is used, in numbers that name nobody.
_USE: tuple[str, ...] = ("can_list", "can_search", "can_export")
_LEAD |= {"OrganisationUseView": _USE, "SettingsView": _READ}

# Figures leave the system as a file, each time with its purpose.
_FIGURES_OUT: dict[str, tuple[str, ...]] = {"ReportFileView": ("can_export",), "ReportPaperView": ("can_export",), "ReportSubscriptionView": _WRITE}
_LEAD |= _FIGURES_OUT
# What is wrong in the records, by numbers, and where it is mended.
_LEAD |= {"ReportQualityView": ("can_list",)}

# How far each organisation has come in taking the system into use; its lead and administrator tell what the records do not show.
_ROLLOUT_READ: dict[str, tuple[str, ...]] = {"RolloutView": (*_READ, "can_export"), **dict.fromkeys(("RolloutStepView", "RolloutObstacleView", "RolloutContactView"), _READ)}
_ROLLOUT = _ROLLOUT_READ | {"RolloutStepView": (*_READ, "can_edit"), "RolloutObstacleView": _WRITE, "RolloutContactView": _WRITE}
_LEAD |= _ROLLOUT

# Role → view → permissions. Nothing is allowed by silence.
ROLES: dict[str, dict[str, tuple[str, ...]]] = {
    "CASEWORKER": _CASEWORK,
    "TEAM_LEAD": _LEAD,
    "INTAKE_WORKER": {
        **_with_history(_BEGINNING), "ClientView": (*_FIND, "can_add", "can_suggest"), "NoteView": _READ, "OrganisationView": _FIND, "HomeView": ("can_index",),
    },
    # Takes part in the assessment, the plan and the review of clients shared with the county (§§ 14.4, 20.2, 22.2).
    "WSC_PARTICIPANT": {
        **dict.fromkeys(("AssessmentView", "GoalView", "PlannedServiceView", "PlanReviewView", "ReviewedGoalView", "HindranceView",
                         "LanguageSkillView"), _READ),
        "ClientView": _FIND, "PlanView": (*_READ, "can_print"), "HomeView": ("can_index",),
        "ParticipationView": (*_READ, "can_answer"), "CountyStatementView": (*_READ, "can_add", "can_restricted"),
    },
    # Produces a service for clients shared with it and sees what § 94 lets a provider have; of a plan its dates only.
    "PROVIDER_USER": {
        **dict.fromkeys(("ClientView", "LanguageSkillView", "EducationRecordView", "WorkRecordView"), _READ),
        "PlanView": ("can_list",), "HomeView": ("can_index",),
    },
    "ACCESS_ADMIN": {
        "AccessGrantView": (*_READ, "can_end", "can_confirm", "can_reset_second_factor", "can_action_post", "end_left"),
        "RightApplicationView": (*_READ, "can_decide", "can_invite"), "RightOpeningView": (*_READ, "can_action_post", "open_rights"),
        "AddOnView": (*_READ, "can_add", "can_edit", "can_issue", "can_end"), "AddOnTokenView": (*_READ, "can_end"), "AddOnDecisionView": (*_READ, "can_decide", "can_end"),
        "DirectoryView": (*_WRITE, "can_test"), "DirectoryGroupView": _WRITE, "DirectoryStatusView": ("can_list",),
        "SpecificationView": ("can_list",), "RoleView": _READ, "LocalRoleView": (*_WRITE, "can_give"), "OrganisationView": _FIND, "HomeView": ("can_index",),
        # Why somebody sees a client, whom the administrator knows by number only.
        "ExplanationView": ("can_show",),
        # Which municipalities have left a transfer unanswered, and nothing of whom it is about.
        "TransferEscalationView": ("can_list",),
        # Which municipality asks to undo a signed move, and how much of it; nothing of whom it is about.
        "ImportUndoView": ("can_list", "can_action_post", "allow_undo"),
        **_ROLLOUT,
        # Cares for what all organisations share.
        "OrganisationCareView": (*_FIND, "can_add", "can_change"), "CodeListView": (*_READ, "can_change"),
        "OrganisationUseView": _USE, "SettingsView": _READ, "NationalNumberView": _WRITE,
        # What everybody reads above their pages.
        "AnnouncementView": (*_WRITE, "can_suggest"), "FunctionSwitchView": (*_WRITE, "can_suggest"), "NewsEntryView": _WRITE,
    },
    # Reads the log and no client (§§ 79.3, 80.2 item 3).
    "LOG_AUDITOR": {
        "LogView": _READ, "LogFindingView": (*_EXAMINE, "can_report"), "LogRuleView": (*_READ, "can_add", "can_edit", "can_suggest"),
        "ExplanationView": ("can_show",), "HomeView": ("can_index",),
        # Of rights, findings, disclosures and what waits to be deleted.
        "ReportView": _READ,
    },
    # Reads figures that name nobody (§ 80.2 item 2).
    "ANALYST": {"ReportView": _READ, "ReportSeriesView": ("can_list", "can_add", "can_withdraw"), "ReportQualityView": ("can_list",), **_FIGURES_OUT, **_ROLLOUT_READ, "HomeView": ("can_index",)},
    # Has access to the training environment, where rights over made-up clients come with a place; it is given nowhere else.
    "TRAINEE": {"OrganisationView": _FIND, "HomeView": ("can_index",)},
}

# Views that only one kind of organisation has a use for, whatever the role.
ONLY_IN = {"AddOnView": "MUNICIPALITY", "AddOnTokenView": "MUNICIPALITY", "AddOnDecisionView": "NATIONAL_AGENCY", "RightOpeningView": "NATIONAL_AGENCY", "TransferEscalationView": "NATIONAL_AGENCY", "ImportUndoView": "NATIONAL_AGENCY",
           # Whoever brings figures in brings them for everybody; what is wrong in records is mended by whose they are.
           "ReportSeriesView": "NATIONAL_AGENCY", "ReportQualityView": "MUNICIPALITY",
           "OrganisationCareView": "NATIONAL_AGENCY", "CodeListView": "NATIONAL_AGENCY", "NationalNumberView": "NATIONAL_AGENCY",
           "AnnouncementView": "NATIONAL_AGENCY", "FunctionSwitchView": "NATIONAL_AGENCY", "NewsEntryView": "NATIONAL_AGENCY"}

# Permissions that give, open or settle somebody's right; whoever holds one has more than their own account in their hands.
_OVER_RIGHTS = frozenset({"can_decide", "can_give", "open_rights", "can_reset_second_factor"})
ADMINISTERS_RIGHTS = frozenset(role for role, views in ROLES.items() if any(_OVER_RIGHTS & set(permissions) for permissions in views.values()))

# See of a client what an invitation in force shows, and only as long (`app/access/profiles.py`).
PARTICIPANTS = frozenset({"WSC_PARTICIPANT"})
SEES_CLIENTS = frozenset({"CASEWORKER", "TEAM_LEAD", "INTAKE_WORKER", "PROVIDER_USER", "WSC_PARTICIPANT"})
# Kind of organisation → roles its people may hold. Basis: 681/2023 § 80.1–3.
ROLES_IN: dict[str, tuple[str, ...]] = {
    "MUNICIPALITY": ("CASEWORKER", "INTAKE_WORKER", "TEAM_LEAD", "ACCESS_ADMIN", "LOG_AUDITOR", "ANALYST"),
    "WELLBEING_COUNTY": ("WSC_PARTICIPANT", "ANALYST"),
    "SERVICE_PROVIDER": ("PROVIDER_USER",),
    # Steer and supervise by figures; each grants the rights of its own people (§ 80.3).
    "ECONOMIC_DEVELOPMENT_CENTRE": ("ACCESS_ADMIN", "ANALYST"),
    "NATIONAL_AGENCY": ("ACCESS_ADMIN", "LOG_AUDITOR", "ANALYST"),
    "MINISTRY": ("ACCESS_ADMIN", "ANALYST"),
}
