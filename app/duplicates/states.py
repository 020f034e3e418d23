"""The life of a pair of own records (docs/adr/0026)."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from statemachine import State

from app.core.states import Life


class MergeLife(Life):
    """Two records are proposed as one person's, judged to be of two persons, or joined and parted again."""

    codes, view = "MERGE_STATUS", "ClientMergeView"
    words = {"merge": _l("Compare and join"), "different": _l("These are different persons"), "undo": _l("Undo the merge"),
             "reconsider": _l("Propose as the same person after all")}  # fmt: skip

    proposed = State(value="PROPOSED", initial=True)
    different_persons = State(value="DIFFERENT")
    merged = State(value="MERGED")
    undone = State(value="UNDONE")

    merge = proposed.to(merged) | undone.to(merged)
    different = proposed.to(different_persons) | undone.to(different_persons)
    undo = merged.to(undone)
    reconsider = different_persons.to(proposed)
