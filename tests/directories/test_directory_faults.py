"""One directory dead or frozen: its own users are told soon, everybody else signs in meanwhile, and the circuit opens and closes."""

from __future__ import annotations

import os
import socket
import time
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from flask import Flask
from structlog.testing import capture_logs
from werkzeug.test import TestResponse

from app.directories.ask import person_by_password
from app.directories.circuit import OPENS_AFTER
from app.directories.client import DirectoryUnavailableError
from app.directories.guard import within_limits
from app.directories.settings import DirectorySettings
from tests.support.app import Browser
from tests.support.directories import PORVOO, VANTAA, Directories
from tests.support.server import until
from tests.support.slapd import PASSWORD, PEOPLE, SERVICE_DN, SERVICE_PASSWORD, Slapd
from tests.support.slapd_ad import AdSlapd

MAIJA, OTTO = "maija@vantaa.example", "otto@porvoo.example"


@pytest.fixture
def both(directories: Directories, people: Slapd, users: AdSlapd, mortal: None) -> tuple[str, str]:
    return directories.add(people, "vantaa.example", VANTAA), directories.add(users, "porvoo.example", PORVOO)


def begun(pool: ThreadPoolExecutor, directories: Directories, account: str, directory: str) -> Future[TestResponse]:
    """Begin a sign-in that will wait for a frozen directory, and come back when it waits."""
    pending = pool.submit(directories.sign_in, account)
    until(lambda: directories.is_being_asked(directory))
    return pending


def test_users_of_a_working_directory_get_in_while_another_is_frozen(directories: Directories, both: tuple[str, str], app: Flask, people: Slapd) -> None:
    people.freeze()
    with ThreadPoolExecutor(1) as pool:
        pending = begun(pool, directories, MAIJA, both[0])
        directories.signed_in(OTTO)
        Browser(app).sign_in("aino")
        # The next user of the frozen directory is refused without waiting, so that it holds one worker and no more.
        refused = directories.sign_in("åke@vantaa.example")
        assert not pending.done()
        assert (refused.status_code, pending.result(10).status_code) == (503, 503)
    assert directories.state(both[0]).last_fault == "TIMEOUT" and directories.state(both[1]).failures == 0
    # Being refused for another's slowness is no fault of the directory.
    assert directories.state(both[0]).failures == 1


def test_several_at_once_get_in_where_nothing_is_slow(directories: Directories, both: tuple[str, str]) -> None:
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(directories.sign_in, ["maija@vantaa.example", "åke@vantaa.example", "leaver@vantaa.example", "nogroup@vantaa.example"]))
    assert [answer.status_code for answer in answers] == [303] * 4


def test_a_dead_directory_opens_its_circuit_and_no_other(directories: Directories, both: tuple[str, str], people: Slapd) -> None:
    people.kill()
    for number in range(1, OPENS_AFTER + 1):
        assert directories.sign_in(MAIJA).status_code == 503
        assert (directories.state(both[0]).failures, directories.state(both[0]).open_until is not None) == (number, number == OPENS_AFTER)
    people.start()
    told = directories.sign_in(MAIJA)
    assert told.status_code == 503 and directories.state(both[0]).failures == OPENS_AFTER
    assert not any(secret in told.text for secret in (str(people.port), "dc=koto", "vantaa.example<", "CONNECT", PASSWORD))
    directories.signed_in(OTTO)
    directories.let_the_pause_pass(both[0])
    directories.signed_in(MAIJA)
    state = directories.state(both[0])
    assert (state.failures, state.open_until, state.failing_since) == (0, None, None) and state.last_success_at is not None


def test_a_frozen_directory_is_tried_again_after_the_pause_by_one_at_a_time(directories: Directories, both: tuple[str, str], users: AdSlapd) -> None:
    users.kill()
    for _attempt in range(OPENS_AFTER):
        directories.sign_in(OTTO)
    users.start()
    users.freeze()
    directories.let_the_pause_pass(both[1])
    with ThreadPoolExecutor(1) as pool:
        trying = begun(pool, directories, OTTO, both[1])
        # While one tries, the circuit is open for everybody else.
        assert directories.sign_in("maija@porvoo.example").status_code == 503 and not trying.done()
        directories.signed_in(MAIJA)
        assert trying.result(10).status_code == 503
    assert directories.state(both[1]).failures == OPENS_AFTER + 1
    assert directories.sign_in(OTTO).status_code == 503
    users.thaw()
    directories.let_the_pause_pass(both[1])
    directories.signed_in(OTTO)
    assert directories.state(both[1]).failures == 0


def test_a_wrong_password_and_an_unknown_person_are_no_fault_of_the_directory(directories: Directories, both: tuple[str, str]) -> None:
    for account in ("maija@vantaa.example", "nobody@vantaa.example") * 2:
        assert directories.sign_in(account, "wrong").status_code == 401
    assert directories.state(both[0]).failures == 0


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"bind_secret": "wrong"}, "SERVICE_ACCOUNT"), ({"search_base": "ou=nowhere,dc=test"}, "BASE"), ({"ca_certificate": None}, "TLS"),
        ({"url": "ldap://nowhere.invalid"}, "CONNECT"),
    ],
)  # fmt: skip
def test_each_fault_has_its_kind_and_none_is_told_to_who_signs_in(directories: Directories, both: tuple[str, str], changes: dict[str, Any], fault: str) -> None:
    directories.change(both[0], **changes)
    told = directories.sign_in(MAIJA)
    assert told.status_code == 503 and directories.state(both[0]).last_fault == fault
    assert not any(str(value) in told.text for value in changes.values() if value)


def test_secrets_stay_out_of_the_log(directories: Directories, both: tuple[str, str], people: Slapd) -> None:
    people.kill()
    with capture_logs() as lines:
        directories.sign_in(MAIJA)
    logged = str(lines)
    assert "directory_failed" in logged and both[0] in logged
    assert not any(text in logged for text in (PASSWORD, SERVICE_PASSWORD, "maija", str(people.port)))


def test_a_server_that_stalls_within_the_handshake_holds_nobody_longer_than_the_budget(people: Slapd, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def stall() -> None:
            peer, _address = listener.accept()
            with peer:
                peer.recv(4096)
                # ExtendedResponse to message 1: success; then the handshake is never answered.
                peer.sendall(bytes.fromhex("300c02010178070a010004000400"))
                while peer.recv(4096):
                    pass

        Thread(target=stall, daemon=True).start()
        settings = DirectorySettings(url=f"ldap://127.0.0.1:{listener.getsockname()[1]}", search_base=PEOPLE, group_base=PEOPLE, bind_dn=SERVICE_DN,
                                     bind_secret=SERVICE_PASSWORD, ca_file=str(people.ca_file))  # fmt: skip
        started = time.monotonic()
        with pytest.raises(DirectoryUnavailableError):
            within_limits(tmp_path, "key", lambda deadline: person_by_password(settings, "maija", PASSWORD, deadline), seconds=0.5)
        assert time.monotonic() - started < 3


def test_the_place_at_a_directory_is_free_again_when_its_holder_is_gone(tmp_path: Path) -> None:
    child = os.fork()
    if child == 0:
        within_limits(tmp_path, "key", lambda _deadline: os._exit(0))
    os.waitpid(child, 0)
    assert within_limits(tmp_path, "key", lambda _deadline: "asked") == "asked"
