"""Pages of the results of language tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from app.clients.fact_views import FactView
from app.services.labels import BROKEN, LANGUAGE_TEST
from app.services.models import LanguageTestResult
from app.web.interface import Interface

_PARTS = ["listening", "reading", "speaking", "writing"]


class LanguageTestResultView(FactView):
    """A result stands beside the client's language skills and is not copied into them: a correction has one place."""

    route_base, event, datamodel = "/language-tests", "language_test", Interface(LanguageTestResult)
    list_title, show_title = _l("Language tests"), _l("Result of a language test")
    add_title, edit_title = _l("Record a language test"), _l("Edit the language test")
    label_columns = LANGUAGE_TEST
    search_columns = ["test", "language", "tested_on"]
    base_order = ("tested_on", "desc")
    list_columns = ["tested_on", "test", "language", *_PARTS]
    show_columns = add_columns = edit_columns = ["test", "language", "tested_on", *_PARTS, "source"]

    def rule_errors(self, form: Any, item: LanguageTestResult, parent: Any) -> list[tuple[str, str]]:
        return [("tested_on", str(BROKEN["FUTURE"]))] if form.tested_on.data > date.today() else []
