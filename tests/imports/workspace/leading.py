"""The lead of a municipality, who prepares a move through the pages."""

from __future__ import annotations

import io
import re
from typing import Any

from sqlalchemy import select

from app.access.actor import system_scope
from app.db.base import db
from app.imports.models import ImportFile, ImportSheet
from tests.support.app import Browser


class Lead(Browser):
    """Brings files as a person does, through the pages."""

    def begin(self, product: str = "Vanha", name: str = "Siirto") -> str:
        self.get("/imports/add")
        page = self.post("/imports/add", name=name, product=product, most_percent="10")
        assert page.status_code == 303, page.text
        return str(page.headers["Location"].rsplit("/", 1)[-1])

    def bring(self, batch: str, **files: bytes) -> Any:
        self.get(f"/imports/files/{batch}")
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.page.text)
        assert token
        sent = [(io.BytesIO(content), name.replace("_", ".")) for name, content in files.items()]
        self.page = self.client.post(f"/imports/files/{batch}", data={"csrf_token": token.group(1), "files": sent}, content_type="multipart/form-data")
        return self.page

    def keys(self, model: Any, batch: str) -> list[str]:
        with self.app.app_context(), system_scope():
            return list(db.session.scalars(select(model.id).where(model.batch_id == batch).order_by(model.position)))

    def files(self, batch: str) -> list[str]:
        return self.keys(ImportFile, batch)

    def sheets(self, batch: str) -> list[str]:
        return self.keys(ImportSheet, batch)

    def kept(self, model: Any, key: str) -> Any:
        """Give a row as the database holds it."""
        with self.app.app_context(), system_scope():
            found = db.session.get(model, key)
            db.session.expunge_all()
            return found
