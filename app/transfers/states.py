"""The life of a transfer between two municipalities (docs/adr/0025)."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from statemachine import State

from app.core.states import Life


class TransferLife(Life):
    """Who did not begin it answers; a question turns the turn round, and what nobody answers escalates by itself."""

    codes, view = "TRANSFER_STATE", "TransferView"
    words = {"accept": _l("Accept the transfer"), "reject": _l("Refuse the transfer"), "ask": _l("Ask about the transfer"),
             "reply": _l("Answer the question"), "withdraw": _l("Withdraw the transfer")}  # fmt: skip
    by_itself = frozenset({"escalate", "complete"})

    sent = State(value="SENT", initial=True)
    asked = State(value="ASKED")
    escalated = State(value="ESCALATED")
    accepted = State(value="ACCEPTED")
    rejected = State(value="REJECTED", final=True)
    withdrawn = State(value="WITHDRAWN", final=True)
    completed = State(value="COMPLETED", final=True)

    ask = sent.to(asked) | escalated.to(asked)
    reply = asked.to(sent) | escalated.to(sent)
    accept = sent.to(accepted) | escalated.to(accepted)
    reject = sent.to(rejected) | escalated.to(rejected)
    withdraw = withdrawn.from_(sent, asked, escalated, accepted)
    escalate = sent.to(escalated) | asked.to(escalated)
    complete = accepted.to(completed)
