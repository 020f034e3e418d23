"""The pages that end a client relationship and begin it anew."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from flask_appbuilder import expose
from flask_appbuilder.security.decorators import has_access
from flask_babel import lazy_gettext as _l
from wtforms import DateField, TextAreaField, validators

from app.clients.closing import broken_closing_rules, close_client, hindrances, hold_client, release_client, reopen_client
from app.clients.labels import BROKEN, CLIENT
from app.clients.models import Client
from app.clients.states import ClientLife
from app.db.base import db
from app.web.deeds import Deed, DeedsView
from app.web.forms import CodeField, Form, stripped

# What the end leaves on the client's page.
ENDING = ("relationship_ended", "end_reason", "onward_guidance", "hold_reason")
CLOSING_DEEDS = {"can_close": _l("end the client relationship"), "can_reopen": _l("open the client relationship again"), "can_hold": _l("keep the data longer than four years"),
                 "can_release": _l("let the data be deleted in time")}  # fmt: skip
_MUST = _l("Fill in this field.")


class CloseForm(Form):
    relationship_ended = DateField(CLIENT["relationship_ended"], [validators.InputRequired(_MUST)], default=date.today)
    end_reason = CodeField(CLIENT["end_reason"], [validators.InputRequired(_MUST)], codes="CLIENT_END_REASON")
    onward_guidance = TextAreaField(CLIENT["onward_guidance"], [validators.Optional()], filters=[stripped],
                                    description=_l("Which services or authority the client was guided to."))  # fmt: skip


class ReopenForm(Form):
    relationship_started = DateField(CLIENT["relationship_started"], [validators.InputRequired(_MUST)], default=date.today)


class HoldForm(Form):
    hold_reason = CodeField(CLIENT["hold_reason"], [validators.InputRequired(_MUST)], codes="HOLD_REASON")


class ClosingMixin(DeedsView):
    """The rest of a client's path follows from what is recorded of assessments and plans."""

    life = ClientLife
    deeds_of_life: ClassVar[dict[str, Deed]] = {
        "close": Deed(form=CloseForm, act=close_client, done=_l("The client relationship is ended."),
                      lead=_l("The client's data are deleted four years after the end (section 77).")),
        "reopen": Deed(form=ReopenForm, act=reopen_client, done=_l("The client relationship is open again.")),
        "hold": Deed(form=HoldForm, act=hold_client, done=_l("The data are kept until you let them be deleted."),
                     lead=_l("The data are kept longer than four years only if a statutory task or a pending matter needs them (section 77).")),
        "release": Deed(act=release_client, done=_l("The data are deleted when the four years are over."),
                        lead=_l("If four years have passed since the end, the data are deleted the next night. Nothing brings them back.")),
    }  # fmt: skip

    def may_change(self, item: Client) -> bool:
        """A client's own data can be corrected at every stage."""
        return True

    @expose("/close/<pk>", methods=["GET", "POST"])
    @has_access
    def close(self, pk: str) -> Any:
        """End the client relationship."""
        return self.deed("close", pk)

    @expose("/reopen/<pk>", methods=["GET", "POST"])
    @has_access
    def reopen(self, pk: str) -> Any:
        """Begin the client relationship anew."""
        return self.deed("reopen", pk)

    @expose("/hold/<pk>", methods=["GET", "POST"])
    @has_access
    def hold(self, pk: str) -> Any:
        """Keep the data of an ended relationship longer."""
        return self.deed("hold", pk)

    @expose("/release/<pk>", methods=["GET", "POST"])
    @has_access
    def release(self, pk: str) -> Any:
        """Let the data go when their time is over."""
        return self.deed("release", pk)

    def deed_buttons(self, item: Client) -> list[dict[str, Any]]:
        """Offer one of the two: to keep what is not kept, or to let go what is."""
        idle = self.url("hold" if item.hold_reason else "release", pk=item.id)
        return [button for button in super().deed_buttons(item) if button["url"] != idle]

    def deed_about(self, name: str, item: Client) -> str:
        return item.name

    def deed_errors(self, name: str, form: Any, item: Client) -> list[tuple[str | None, str]]:
        today = date.today()
        if name in ("hold", "release"):
            is_held = item.hold_reason is not None
            return [(None, str(BROKEN["HELD" if is_held else "NOT_HELD"]))] if is_held == (name == "hold") else []
        if name == "reopen":
            started = form.relationship_started.data
            rule = "FUTURE" if started > today else "BEFORE_END" if item.relationship_ended and started < item.relationship_ended else None
            return [("relationship_started", str(BROKEN[rule]))] if rule else []
        broken = broken_closing_rules(ended_on=form.relationship_ended.data, started_on=item.relationship_started, today=today,
                                      reason=form.end_reason.data, guidance=form.onward_guidance.data)  # fmt: skip
        return [*((None, sentence) for sentence in hindrances(db.session, item)), *((field, str(BROKEN[rule])) for field, rule in broken)]
