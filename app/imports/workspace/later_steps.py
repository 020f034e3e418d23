"""How the steps from the rehearsal on stand, told from the move itself; their pages are reached once they are there."""

from __future__ import annotations

from flask_babel import gettext as _

from app.imports.models import COMMITTED, OPEN, REHEARSED, SIGNED, UNDONE, ImportBatch
from app.imports.workspace.my_steps import to
from app.imports.workspace.steps import Facts, State, Step, not_yet, register

_MOVED = (COMMITTED, SIGNED, UNDONE)


def _rehearse(batch: ImportBatch, facts: Facts) -> State:
    if batch.status == OPEN:
        return State(_("Not begun"), "info") if facts.is_mapped else not_yet()
    return State(_("Done"), "success")


def _match(batch: ImportBatch, facts: Facts) -> State:
    if batch.status == OPEN:
        return not_yet()
    return State(_("To look at"), "info") if batch.status == REHEARSED else State(_("Done"), "success")


def _commit(batch: ImportBatch, facts: Facts) -> State:
    if batch.status == OPEN:
        return not_yet()
    if batch.status == REHEARSED:
        return State(_("Under way"), "info") if batch.work == "commit" else State(_("Not begun"), "info")
    return State(_("Done"), "success")


def _certificate(batch: ImportBatch, facts: Facts) -> State:
    if batch.status not in _MOVED:
        return not_yet()
    return State(_("Signed"), "success") if batch.signed_at else State(_("Not signed"), "neutral" if batch.status == UNDONE else "info", is_open=batch.status != UNDONE)


def _undo(batch: ImportBatch, facts: Facts) -> State:
    if batch.status == UNDONE:
        return State(_("Taken back"), "warning")
    if batch.status == COMMITTED:
        return State(_("Possible"), "neutral", _("Until the certificate is signed, everything can be taken back."))
    if batch.status == SIGNED:
        return State(_("Possible with leave"), "neutral", _("After the signing it takes the national administrator's leave."))
    return State(_("Nothing to undo"), is_open=False)


register(Step("rehearse", _rehearse, to("ImportWorkView.rehearse")))
register(Step("match", _match, to("ImportMatchView.list")))
register(Step("commit", _commit, to("ImportWorkView.commit")))
register(Step("certificate", _certificate, to("ImportCertificateView.show")))
register(Step("undo", _undo, to("ImportWorkView.undo")))
