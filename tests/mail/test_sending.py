"""Letters over a real SMTP server of this machine: sent once, tried again, given up, and never kept readable afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from sqlalchemy import delete, select

from app.access.actor import system_scope
from app.db.base import db
from app.db.types import now
from app.mail.models import OutgoingMail
from app.mail.outbox import Letter, queue
from app.mail.send import WAITS, send_due
from config import SettingsError, SmtpSettings, load_settings
from tests.support.app import make_app, prepare
from tests.support.postgres import free_port

LETTER = Letter(kind="GRANTED", language="sv", receiver="asa@example.fi", subject="Din användarrättighet beviljades", body="Roll: anställd\nÖppna Koto-digi.\n")


class Server:
    """Answers as it is told and keeps what it accepted."""

    def __init__(self) -> None:
        self.accepted: list[Any] = []
        self.answer = "250 OK"

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        if self.answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        self.accepted.append(message_from_bytes(envelope.content, policy=default))
        return "250 OK"


@pytest.fixture
def server() -> Iterator[tuple[Server, SmtpSettings]]:
    handler = Server()
    port = free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler, SmtpSettings(host="127.0.0.1", port=port, sender="koto@example.fi")
    controller.stop()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def owner(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder = tmp_path_factory.mktemp("mail")
    url = None
    if request.param == "postgresql":
        postgres = request.getfixturevalue("postgres")
        url = postgres.url("koto_owner", postgres.new_database())
    app = make_app(folder, url)
    prepare(app, 0)
    return app


@pytest.fixture
def outbox(owner: Flask) -> Iterator[None]:
    """An outbox with one letter."""
    with owner.app_context(), system_scope():
        db.session.execute(delete(OutgoingMail))
        queue(db.session, LETTER)
        db.session.commit()
        yield


def only() -> OutgoingMail:
    return db.session.scalars(select(OutgoingMail)).one()


def test_a_letter_is_sent_once_and_is_not_kept(outbox: None, server: tuple[Server, SmtpSettings]) -> None:
    handler, settings = server
    assert send_due(db.session, settings) == {"SENT": 1}
    assert send_due(db.session, settings) == {}
    (sent,) = handler.accepted
    assert (sent["To"], sent["From"], sent["Subject"]) == (LETTER.receiver, "koto@example.fi", LETTER.subject)
    assert sent.get_content().replace("\r\n", "\n") == LETTER.body and sent["Content-Language"] == "sv" and sent["Auto-Submitted"] == "auto-generated"
    mail = only()
    assert mail.state == "SENT" and mail.sent_at and (mail.receiver, mail.subject, mail.body) == (None, None, None)


def test_a_server_that_cannot_now_is_tried_again_later(outbox: None, server: tuple[Server, SmtpSettings]) -> None:
    handler, settings = server
    handler.answer = "451 Try later"
    start = now()
    assert send_due(db.session, settings, start) == {"QUEUED": 1}
    assert send_due(db.session, settings, start) == {}, "not before its time"
    handler.answer = "250 OK"
    assert send_due(db.session, settings, start + timedelta(minutes=WAITS[0])) == {"SENT": 1}
    assert len(handler.accepted) == 1 and only().attempts == 2


def test_a_lasting_refusal_is_given_up_at_once(outbox: None, server: tuple[Server, SmtpSettings]) -> None:
    handler, settings = server
    handler.answer = "550 No such user"
    assert send_due(db.session, settings) == {"FAILED": 1}
    assert only().last_fault == "550" and only().receiver is None


def test_a_server_that_is_down_loses_nothing_until_the_last_try(outbox: None) -> None:
    nowhere = SmtpSettings(host="127.0.0.1", port=9, sender="koto@example.fi")
    moment: datetime = now()
    for wait in WAITS:
        assert send_due(db.session, nowhere, moment) == {"QUEUED": 1}
        moment += timedelta(minutes=wait)
    assert only().body == LETTER.body
    assert send_due(db.session, nowhere, moment) == {"FAILED": 1}
    assert only().last_fault == "ConnectionRefusedError"


def test_one_bad_letter_does_not_hold_up_the_next(outbox: None, server: tuple[Server, SmtpSettings]) -> None:
    handler, settings = server
    db.session.execute(delete(OutgoingMail))
    queue(db.session, Letter(kind="X", language="fi", receiver="ei osoite\nBcc: muu@example.fi", subject="A", body="B"))
    queue(db.session, LETTER)
    db.session.commit()
    assert send_due(db.session, settings)["SENT"] == 1
    assert len(handler.accepted) == 1


def test_nothing_readable_stands_in_the_table(outbox: None) -> None:
    raw = db.session.connection().exec_driver_sql("SELECT receiver, subject, body FROM outgoing_mail").one()
    assert all(b"example" not in bytes(value) and b"Koto" not in bytes(value) for value in raw)


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("smtp://mail.example.fi", ("mail.example.fi", 25, False, False, None)),
        ("smtp://u%40x:p%2Fw@mail.example.fi:587?starttls", ("mail.example.fi", 587, False, True, "u@x")),
        ("smtps://mail.example.fi", ("mail.example.fi", 465, True, False, None)),
    ],
)
def test_the_setting_is_read(url: str, found: tuple[Any, ...], tmp_path: Any) -> None:
    smtp = load_settings({"KOTO_INSTANCE_DIR": str(tmp_path), "KOTO_SMTP_URL": url, "KOTO_MAIL_FROM": "koto@example.fi"}).smtp
    assert smtp and (smtp.host, smtp.port, smtp.is_tls, smtp.starttls, smtp.username) == found


@pytest.mark.parametrize("env", [{"KOTO_SMTP_URL": "http://x"}, {"KOTO_SMTP_URL": "smtp://x"}, {"KOTO_SMTP_URL": "smtp://x:99999", "KOTO_MAIL_FROM": "a@example.fi"}, {"KOTO_SMTP_URL": "smtp://", "KOTO_MAIL_FROM": "a@example.fi"}])
def test_a_setting_it_cannot_use_stops_the_start(env: dict[str, str], tmp_path: Any) -> None:
    with pytest.raises(SettingsError, match="KOTO_SMTP_URL"):
        load_settings({"KOTO_INSTANCE_DIR": str(tmp_path), **env})
