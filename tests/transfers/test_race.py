"""Accepting and withdrawing at the very same moment: one wins, the other is told with 409."""

from __future__ import annotations

from threading import Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from app.transfers.models import TransferRequest
from tests.support.app import Browser
from tests.transfers.conftest import TODAY, VANTAA, key_in, keys_of, offered, ran, stored

# SQLite lets one transaction write at a time and refuses the other by itself.
pytestmark = pytest.mark.parametrize("apps", ["postgresql"], indirect=True)


@pytest.mark.parametrize("first", ["withdraw", "accept"])
def test_the_later_of_two_deeds_is_refused(app: Flask, owner: Flask, bengt: Browser, other: Browser, client_id: str, first: str) -> None:
    key = key_in(offered(bengt, client_id))
    ran(owner)
    second = "accept" if first == "withdraw" else "withdraw"
    sides: dict[str, tuple[Browser, dict[str, str]]] = {"withdraw": (bengt, {}), "accept": (other, {"moves_on": TODAY.isoformat()})}
    for deed, (browser, _fields) in sides.items():
        assert browser.get(f"/transfers/{deed}/{key}").status_code == 200
    answers: dict[str, int] = {}

    def send(deed: str) -> None:
        browser, fields = sides[deed]
        answers[deed] = browser.post(f"/transfers/{deed}/{key}", **fields).status_code

    def overtake(session: Session, _context: Any, _instances: Any) -> None:
        """When the second deed has read the transfer and is about to write it, let the first be done wholly."""
        if any(isinstance(row, TransferRequest) for row in session.dirty) and not answers:
            answers[first] = 0
            thread = Thread(target=send, args=(first,))
            thread.start()
            thread.join()

    event.listen(Session, "before_flush", overtake)
    try:
        send(second)
    finally:
        event.remove(Session, "before_flush", overtake)
    assert answers == {first: 303, second: 409}
    assert stored(owner, select(TransferRequest.status).where(TransferRequest.id == key)) == [("WITHDRAWN" if first == "withdraw" else "ACCEPTED",)]
    assert keys_of(owner, VANTAA) == [client_id]
