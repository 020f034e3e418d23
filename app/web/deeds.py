"""The pages of deeds: what leads a record from one state to another is a page with a form of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from flask import abort, flash, redirect, request
from flask_babel import gettext as _

from app.codes.lists import label
from app.core.states import Life, NotNow
from app.db.base import db
from app.web.archive import is_archived
from app.web.base_view import BaseView
from app.web.form_page import FormPage
from app.web.forms import Form
from app.web.language import current_language


@dataclass(frozen=True, kw_only=True)
class Deed:
    """One deed: its form, what the page says before, what it says when done, and the action that does it.

    `act` gets the session, the row and the form's values by name; it follows the life (`app.core.states.follow`) and commits.
    """

    act: Callable[..., Any]
    done: Any
    form: type[Form] = Form
    lead: Any = None
    kind: str = "secondary"
    groups: Sequence[dict[str, Any]] = ()


class DeedsView(BaseView):
    """A view whose rows have a life. Each deed needs a route of its own name, as FAB makes permissions of methods::

        @expose("/agree/<pk>", methods=["GET", "POST"])
        @has_access
        def agree(self, pk: str) -> Any:
            return self.deed("agree", pk)
    """

    life: ClassVar[type[Life]]
    deeds_of_life: ClassVar[dict[str, Deed]] = {}

    def deed_errors(self, name: str, form: Any, item: Any) -> list[tuple[str | None, str]]:
        """Give (field, sentence) for each rule that forbids the deed; what belongs to no field has None."""
        return []

    def deed_of(self, name: str, item: Any) -> Deed:
        """Give a deed as it is for this row."""
        return self.deeds_of_life[name]

    def deed_values(self, name: str, item: Any) -> dict[str, Any]:
        """Give what the form of a deed is first filled with."""
        return {}

    def deed_form(self, name: str, item: Any) -> type[Form]:
        """Give the form of a deed; a view whose rows ask different things overrides this."""
        return self.deed_of(name, item).form

    def deed_lead(self, name: str, item: Any) -> Any:
        """Give what the page of a deed says before its form."""
        return self.deed_of(name, item).lead

    def deed_about(self, name: str, item: Any) -> str | None:
        """Name the person a deed is about, for its heading."""
        return None

    def may_change(self, item: Any) -> bool:
        """Only the first state of a life is edited freely."""
        return bool(item.status == self.life.initial_state.value)

    def deed_buttons(self, item: Any) -> list[dict[str, Any]]:
        """Give a button for each deed that the state and the reader's role allow."""
        if is_archived(item):
            return []
        return [
            {"label": self.life.words[name], "url": self.url(name, pk=item.id), "method": "get", "kind": deed.kind, "confirm_text": None}
            for name, deed in self.deeds_of_life.items() if self.life.allows(item.status, name) and self.may(name)
        ]  # fmt: skip

    def deed(self, name: str, pk: str) -> Any:
        """Show the deed's form, or do it; what forbids it is told on the same page, and a state that does not allow it answers 409."""
        item = self.row_or_404(pk)
        if is_archived(item):
            abort(409)
        deed = self.deed_of(name, item)
        if done := self.done_before():
            return done
        if not self.life.allows(item.status, name):
            raise NotNow(self.life, item.status, name)
        title, form_class = self.life.words[name], self.deed_form(name, item)
        names = [field.name for field in form_class() if field.name != "csrf_token"]
        about = self.deed_about(name, item)
        heading = _("%(deed)s: %(person)s", deed=title, person=about) if about else title
        page = FormPage(title=heading, lead=self.deed_lead(name, item), cancel_url=self.url("show", pk=pk), submit_label=title, whose=self.whose_of(item),
                        groups=deed.groups or [{"title": None, "fields": names}])  # fmt: skip
        if request.method == "GET":
            return self.opened(self.fresh_form(form_class, data=self.deed_values(name, item)), page, item)
        form = form_class()
        if self.language_asked():
            return self.opened(form, page, item)
        if not self._is_free(name, form, item):
            return self.form_page(form, page, 422)
        self.settle(self.url("show", pk=pk))
        deed.act(db.session, item, **{key: value for key, value in form.data.items() if key != "csrf_token"})
        flash(str(deed.done), "success")
        return redirect(self.url("show", pk=pk), 303)

    def _is_free(self, name: str, form: Any, item: Any) -> bool:
        """Tell whether the form and the rules let the deed be done; rules are asked only of values that stand."""
        if not form.validate():
            return False
        for field, sentence in self.deed_errors(name, form, item):
            if field is None:
                form.form_errors.append(sentence)
            else:
                form[field].errors = [*form[field].errors, sentence]
        return not form.errors and not form.form_errors


def refusal(error: NotNow) -> str:
    """Give the sentence of a deed that the state does not allow."""
    status = label(error.life.codes, error.status, current_language())
    return _("%(deed)s: this cannot be done now, as the state is “%(status)s”.", deed=error.life.words[error.deed], status=status)
