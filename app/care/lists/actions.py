"""Write an edit of a value of a code list; nothing is changed or removed, the latest edit holds."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from app.audit.record import record_event
from app.codes.keeping import new_edition
from app.codes.lists import CodeValue
from app.codes.models import CodeEdit
from app.web.transaction import stamp

ADD, LABEL, END, RENEW = "ADD", "LABEL", "END", "RENEW"


def edit_value(session: Session, value: CodeValue, deed: str, *, reason: str | None) -> CodeEdit:
    """Let a value hold as it is given; commits with its event. `value` is the value whole, as it is from now on."""
    row = CodeEdit(list_name=value.list, code=value.code, deed=deed, name_fi=value.fi, name_sv=value.sv,
                   valid_from=value.valid_from, valid_to=value.valid_to, reason=reason)  # fmt: skip
    stamp(row, is_new=True)
    session.add(row)
    session.flush()
    new_edition(session)
    record_event(session, {
        ADD: "code_value:added", LABEL: "code_value:changed", END: "code_value:ended", RENEW: "code_value:renewed",
    }[deed], row_id=row.id)  # fmt: skip
    session.commit()
    return row


def new_value(list_name: str, code: str, labels: tuple[str, str], valid_from: date) -> CodeValue:
    """Give a value that is not in its list yet."""
    return CodeValue(list_name, code, *labels, labels[0], "project", valid_from, None)
