"""The page of the certificate: make it, compare the samples, sign it, take it along."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

from flask import abort, flash, jsonify, redirect, request, send_file, url_for
from flask_appbuilder import expose
from flask_appbuilder.baseviews import BaseView
from flask_appbuilder.security.decorators import has_access, permission_name
from flask_babel import gettext as _, lazy_gettext as _l
from sqlalchemy import select

from app.access.actor import current_actor
from app.audit.record import record_event
from app.db.base import db
from app.history.queries import names_of_people
from app.imports.certificate import paper
from app.imports.certificate.actions import answer, certificate_of, document_of, make, sign
from app.imports.certificate.models import ImportCertificate
from app.imports.certificate.sampling import Sample, samples_told
from app.imports.engine.steps import NotNowError
from app.imports.engine.wording import NOT_NOW
from app.imports.models import COMMITTED, ImportBatch
from app.imports.workspace.work_pages import steps_of, whose_batch
from app.web.table import table


class ImportCertificateView(BaseView):  # type: ignore[misc]
    """One certificate for each move; nobody makes another of one that is signed."""

    route_base = "/imports/certificate"
    default_view = "show"
    list_title = _l("Certificates of moves")
    base_permissions = ["can_show", "can_sign"]
    deeds = {"can_sign": _l("sign the certificate of a move")}

    @expose("/<pk>")
    @has_access
    def show(self, pk: str) -> Any:
        """Show the certificate as it stands; the samples show what the old system said beside what stands here, so seeing them is an event."""
        batch = self._batch(pk)
        certificate = certificate_of(db.session, batch)
        document = document_of(certificate) if certificate else None
        samples = samples_told(db.session, document) if document else []
        if samples:
            record_event(db.session, "import:read", row_id=batch.id, client_ids={sample.client_id for sample in samples if sample.client_id})
        html = self.render_template(
            "koto/import_certificate.html", title=_("Certificate of a move"), whose=whose_batch(self, batch), steps=steps_of(self, batch, "certificate"), batch=batch,
            facts=[{"label": name, "text": text} for name, text in paper.facts(document, self._signer(certificate))] if document else [], parts=[self._part(part) for part in paper.parts(document)] if document else [],
            samples=[self._sample(sample) for sample in samples], is_signed=certificate is not None and certificate.signed_at is not None, may_make=batch.status == COMMITTED,
            waiting=sum(sample.agrees is None for sample in samples), may_sign=self.appbuilder.sm.has_access("can_sign", self.__class__.__name__),
            make_url=self._url("make", batch), sign_url=self._url("sign", batch), files=[(text, self._url("file", batch, form=form)) for form, text in _FILES.items()],
        )  # fmt: skip
        db.session.commit()
        return html

    @expose("/<pk>/make", methods=["POST"])
    @has_access
    @permission_name("sign")
    def make(self, pk: str) -> Any:
        """Count and compare anew, and draw other samples."""
        return self._done(self._batch(pk), lambda batch: make(db.session, batch, date.today()), _("The certificate was made."))

    @expose("/<pk>/answer", methods=["POST"])
    @has_access
    @permission_name("sign")
    def answer(self, pk: str) -> Any:
        """Keep what a person says of the samples on the page."""
        batch = self._batch(pk)
        certificate = certificate_of(db.session, batch) or abort(409)
        known = {sample["row"] for sample in document_of(certificate)["samples"]}
        said = {name.removeprefix("sample-"): value == "same" for name, value in request.form.items() if name.startswith("sample-")}
        if not said.keys() <= known:
            abort(400)

        def keep(_batch: ImportBatch) -> None:
            for row, agrees in said.items():
                answer(db.session, certificate, row, agrees=agrees)

        return self._done(batch, keep, _("Saved."))

    @expose("/<pk>/sign", methods=["POST"])
    @has_access
    def sign(self, pk: str) -> Any:
        """Sign for the municipality."""
        batch = self._batch(pk)
        certificate = certificate_of(db.session, batch) or abort(409)
        return self._done(batch, lambda batch: sign(db.session, batch, certificate), _("The certificate was signed."))

    @expose("/<pk>/file/<form>")
    @has_access
    @permission_name("show")
    def file(self, pk: str, form: str) -> Any:
        """Give the certificate as a file."""
        batch = self._batch(pk)
        certificate = certificate_of(db.session, batch)
        if form not in _FILES:
            abort(404)
        if certificate is None:
            abort(409)
        document, signer = document_of(certificate), self._signer(certificate)
        db.session.rollback()
        if form == "json":
            answer = jsonify(document)
            answer.headers["Content-Disposition"] = f"attachment; filename=koto-digi-{pk}.json"
            return answer
        return send_file(BytesIO(paper.certificate_pdf(document, signer)), "application/pdf", as_attachment=True, download_name=f"koto-digi-{pk}.pdf")

    def _batch(self, pk: str) -> ImportBatch:
        actor = current_actor() or abort(401)
        own = select(ImportBatch).where(ImportBatch.id == pk, ImportBatch.org_id == actor.organisation_id)
        return db.session.scalars(own).first() or abort(404)

    def _url(self, name: str, batch: ImportBatch, **values: Any) -> str:
        return url_for(f"{self.endpoint}.{name}", pk=batch.id, **values)

    def _signer(self, certificate: ImportCertificate | None) -> str:
        return names_of_people(db.session, {certificate.signed_by}).get(certificate.signed_by, "") if certificate and certificate.signed_by else ""

    def _sample(self, sample: Sample) -> dict[str, Any]:
        names = {"field": _("Field"), "said": _("In the old system"), "here": _("Here"), "result": _("Result")}
        rows = [(None, [pair.label, pair.said, pair.here, _("The same") if pair.is_same else _("Otherwise")]) for pair in sample.pairs]
        title = _("%(what)s: %(sheet)s, row %(row)s", what=sample.entity, sheet=sample.sheet, row=sample.number)
        return {"title": title, "row": sample.row, "agrees": sample.agrees, "is_same": all(pair.is_same for pair in sample.pairs), "table": table(names, rows) if rows else None}

    def _part(self, part: paper.Part) -> dict[str, Any]:
        found = table({str(number): name for number, name in enumerate(part.columns)}, [(None, list(row)) for row in part.rows]) if part.rows else None
        return {"title": part.title, "lead": part.lead, "table": found}

    def _done(self, batch: ImportBatch, act: Any, told: str) -> Any:
        try:
            act(batch)
            flash(told, "success")
        except NotNowError as refused:
            db.session.rollback()
            flash(str(NOT_NOW[str(refused)]), "danger")
        return redirect(self._url("show", batch), 303)


_FILES = {"pdf": _l("Certificate (PDF)"), "json": _l("Certificate (JSON)")}


