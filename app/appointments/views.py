"""Pages of appointments."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from flask_appbuilder import expose
from flask_appbuilder.security.decorators import has_access
from flask_babel import format_currency, format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.appointments import actions, forms
from app.appointments.labels import APPOINTMENT, BROKEN, HINTS, MAY
from app.appointments.models import Appointment
from app.appointments.rules import BookingFacts, FeeFacts, broken_booking_rules, broken_fee_rules, earliest_due, is_over, most_of_fee
from app.appointments.states import AppointmentLife
from app.clients.fact_views import OF_CLIENT
from app.clients.models import Client
from app.db.base import db
from app.deadlines.amounts import amount
from app.deadlines.numbers import limit_after, number
from app.web.deeds import Deed, DeedsView
from app.web.display import shown
from app.web.forms import Form
from app.web.interface import Interface

_TIME = ["held_on", "clock", "purpose", "channel", "place", "booked_on"]
_LANGUAGE = ["language", "interpreter_needed", "interpreter_mode", "interpreter_agency"]
# Shown only where there is something to show.
_ONLY_FILLED = ("excuse_reason", "interpreter_mode", "interpreter_agency", "interpreter_outcome", "shown_cost", "fee_warned_language", "shown_fee",
                "fee_due_on", "fee_ground", "waive_reason")  # fmt: skip
_TOLD = ["cancelling_told_on", "fee_warned_on", "fee_warned_language"]


class AppointmentView(DeedsView):
    route_base, event, datamodel = "/appointments", "appointment", Interface(Appointment)
    parent = OF_CLIENT
    list_title, show_title = _l("Appointments"), _l("Appointment")
    add_title, edit_title = _l("Book an appointment"), _l("Edit the appointment")
    label_columns, description_columns = APPOINTMENT, HINTS
    needs = {"interpreter_mode": "interpreter_needed", "interpreter_agency": "interpreter_needed", "fee_warned_language": "fee_warned_on"}
    list_columns = ["client_name", "held_on", "clock", "purpose", "interpreter_needed", "status"]
    order_columns = ["held_on"]
    base_order = ("held_on", "desc")
    search_columns = ["status", "purpose", "held_on", "interpreter_needed"]
    add_fieldsets = edit_fieldsets = [
        (_l("Time"), {"fields": _TIME}), (_l("Language and interpreting"), {"fields": _LANGUAGE}), (_l("What the client was told"), {"fields": _TOLD}),
    ]  # fmt: skip
    show_fieldsets = [
        (None, {"fields": ["status", *_TIME, "excuse_reason"]}),
        (_l("Language and interpreting"), {"fields": [*_LANGUAGE, "interpreter_outcome", "shown_cost"]}),
        (_l("What the client was told"), {"fields": _TOLD}),
        (_l("Fee for not coming"), {"fields": ["shown_fee", "fee_due_on", "fee_ground", "waive_reason"]}),
    ]
    life = AppointmentLife
    deeds_of_life: ClassVar[dict[str, Deed]] = {
        "attend": Deed(act=actions.attend_appointment, kind="primary", done=_l("It is recorded that the client came.")),
        "cancel": Deed(act=actions.cancel_appointment, done=_l("The cancellation is recorded.")),
        "miss": Deed(act=actions.miss_appointment, done=_l("It is recorded that the client did not come.")),
        "excuse": Deed(form=forms.ExcuseForm, act=actions.excuse_appointment, done=_l("The reason is recorded.")),
        "propose": Deed(form=forms.ProposeForm, act=actions.propose_fee, done=_l("The fee is proposed. Nothing was decided or sent.")),
        "waive": Deed(form=forms.WaiveForm, act=actions.waive_fee, done=_l("No fee is proposed.")),
    }  # fmt: skip
    base_permissions = ["can_list", "can_show", "can_add", "can_edit", "can_delete", *MAY]
    deeds = MAY

    def rule_errors(self, form: Any, item: Appointment, parent: Any) -> list[tuple[str, str]]:
        facts = BookingFacts(
            held_on=form.held_on.data, clock=form.clock.data, booked_on=form.booked_on.data, today=date.today(),
            interpreter_needed=form.interpreter_needed.data, interpreter_mode=form.interpreter_mode.data,
            cancelling_told_on=form.cancelling_told_on.data, fee_warned_on=form.fee_warned_on.data, fee_warned_language=form.fee_warned_language.data,
        )  # fmt: skip
        return [(field, str(BROKEN[rule])) for field, rule in broken_booking_rules(facts)]

    def fresh_form(self, form_class: Any, **prefill: Any) -> Any:
        """Propose for a new booking what is known of the client's language and interpreter."""
        if not prefill:
            client = self.parent_or_404()
            language = (client.interpreter_needed and client.interpreter_language) or client.mother_tongue
            prefill = {"data": {"booked_on": date.today(), "channel": "OFFICE", "language": language, "interpreter_needed": client.interpreter_needed,
                                "interpreter_mode": client.interpreter_mode}}  # fmt: skip
        return super().fresh_form(form_class, **prefill)

    def subtitle_of(self, item: Appointment) -> str:
        return _("%(day)s at %(time)s, %(purpose)s", day=shown(item, "held_on"), time=item.clock, purpose=shown(item, "purpose"))

    def groups_for(self, item: Appointment) -> list[dict[str, Any]]:
        """Leave out what has nothing to say of this appointment, such as a fee where none is proposed."""
        empty = {str(APPOINTMENT[name]) for name in _ONLY_FILLED if not getattr(item, name)}
        return [{**group, "items": [row for row in group["items"] if str(row["label"]) not in empty]} for group in super().groups_for(item)]

    def buttons(self, item: Appointment) -> list[dict[str, Any]]:
        return self.deed_buttons(item)

    def deed_form(self, name: str, item: Appointment) -> type[Form]:
        """Interpreting is asked about only where it was booked."""
        return forms.InterpretedForm if name in ("attend", "miss") and item.interpreter_needed else super().deed_form(name, item)

    def deed_lead(self, name: str, item: Appointment) -> Any:
        if name != "propose":
            return self.subtitle_of(item)
        most = format_currency(amount("NO_SHOW_FEE_MAX", item.held_on), "EUR")
        return _("The proposal goes nowhere from here: another decides the fee. It is at most what the interpreting cost, and never over %(most)s.", most=most)

    def deed_values(self, name: str, item: Appointment) -> dict[str, Any]:
        if name != "propose":
            return {}
        cost = item.interpreter_cost
        return {"interpreter_cost": cost, "fee_amount": most_of_fee(cost, item.held_on) if cost else None,
                "fee_due_on": earliest_due(item.held_on, date.today())}  # fmt: skip

    def deed_errors(self, name: str, form: Any, item: Appointment) -> list[tuple[str | None, str]]:
        if name in ("attend", "miss"):
            return [] if is_over(item.held_on, date.today()) else [(None, str(BROKEN["NOT_YET"]))]
        return self._fee_errors(form, item) if name == "propose" else []

    def _fee_errors(self, form: Any, item: Appointment) -> list[tuple[str | None, str]]:
        facts = FeeFacts(
            held_on=item.held_on, booked_on=item.booked_on, birth_date=db.session.get_one(Client, item.client_id).birth_date,
            cancelling_told_on=item.cancelling_told_on, fee_warned_on=item.fee_warned_on, interpreter_needed=item.interpreter_needed,
            cost=form.interpreter_cost.data or Decimal(0), fee=form.fee_amount.data, due_on=form.fee_due_on.data, is_reasonable=form.is_reasonable.data,
        )  # fmt: skip
        told = {
            "age": number("FEE_AGE", item.held_on).amount, "most": format_currency(amount("NO_SHOW_FEE_MAX", item.held_on), "EUR"),
            "first": format_date(limit_after(item.held_on, "R15")),
        }  # fmt: skip
        return [(field, str(BROKEN[rule]) % told) for field, rule in broken_fee_rules(facts)]

    @expose("/attend/<pk>", methods=["GET", "POST"])
    @has_access
    def attend(self, pk: str) -> Any:
        return self.deed("attend", pk)

    @expose("/cancel/<pk>", methods=["GET", "POST"])
    @has_access
    def cancel(self, pk: str) -> Any:
        return self.deed("cancel", pk)

    @expose("/miss/<pk>", methods=["GET", "POST"])
    @has_access
    def miss(self, pk: str) -> Any:
        return self.deed("miss", pk)

    @expose("/excuse/<pk>", methods=["GET", "POST"])
    @has_access
    def excuse(self, pk: str) -> Any:
        return self.deed("excuse", pk)

    @expose("/propose/<pk>", methods=["GET", "POST"])
    @has_access
    def propose(self, pk: str) -> Any:
        return self.deed("propose", pk)

    @expose("/waive/<pk>", methods=["GET", "POST"])
    @has_access
    def waive(self, pk: str) -> Any:
        return self.deed("waive", pk)
