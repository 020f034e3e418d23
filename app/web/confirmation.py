"""The page before a save that says what the save would do; going back loses nothing that was typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import request

from app.web.declarations import Declarations
from app.web.drafts import place_of_form
from app.web.form_page import FormPage
from app.web.forms import without_secrets

CONFIRMED, BACK = "_confirmed", "_back"
_NOT_CARRIED = frozenset({"csrf_token", CONFIRMED, BACK})


class ConfirmationMixin(Declarations):
    """A view whose saves reach further than their own row tells `consequences`."""

    def consequences(self, form: Any, item: Any) -> Sequence[dict[str, Any]]:
        """Give the parts of the page as `record.panels` draws them; none saves at once. `item` is as it is saved now."""
        return ()

    def must_confirm(self) -> bool:
        """Tell whether the sender has yet to see the consequences."""
        return CONFIRMED not in request.form

    def confirmation_page(self, title: Any, lead: Any, panels: Sequence[dict[str, Any]], page: FormPage) -> Any:
        """Show what would happen, carrying all that was typed."""
        return self.render_template(
            "koto/confirmation.html", title=title, lead=lead, panels=panels, form_action=place_of_form(), submit_label=page.submit_label,
            carried=without_secrets((name, value) for name, value in request.form.items(multi=True) if name not in _NOT_CARRIED), cancel_url=page.cancel_url, main_form="main-form",
        )  # fmt: skip
