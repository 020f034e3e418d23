"""The pages of a move from the rehearsal on: figures that add up, the threshold, who may begin what, and undoing by leave."""

from __future__ import annotations

import re
from collections.abc import Callable

from flask import Flask

from tests.imports.works.conftest import PORVOO, cells
from tests.support.app import Browser
from tests.support.moves import BAD


def test_the_figures_of_a_rehearsal_add_up(bengt: Browser, move: Callable[..., str]) -> None:
    page = bengt.get(f"/imports/work/{move()}/rehearse").text
    assert cells(page, "Kunder") == ["11", "6", "2", "1", "1", "1", "0", "0"]
    assert cells(page, "Sammanlagt") == ["20", "15", "2", "1", "1", "1", "0", "0"]
    assert re.search(r'<span class="figure-value">2</span>\s*<a class="figure-label" href="/imports/findings/list/\?batch=[^"]*f.tier=ROW', page)


def test_a_move_of_another_municipality_is_not_there(bengt: Browser, move: Callable[..., str]) -> None:
    key = move(PORVOO)
    for path in (f"/imports/work/{key}", f"/imports/work/{key}/commit", f"/imports/findings/list/?batch={key}", f"/imports/work/{key}/commit/state"):
        assert bengt.get(path).status_code == 404, path


def test_a_caseworker_moves_nothing_in(sqlite_app: Flask, move: Callable[..., str]) -> None:
    aino = Browser(sqlite_app).sign_in("aino")
    for path in (f"/imports/work/{move()}/commit", "/imports/findings/list/", "/imports/undo-requests/list/"):
        assert aino.get(path).status_code == 403, path


def test_more_faults_than_allowed_wait_for_a_person(bengt: Browser, move: Callable[..., str]) -> None:
    here = f"/imports/work/{move(outcomes=BAD)}/commit"
    assert "40 %" in bengt.get(here).text
    assert "Bekräfta först" in bengt.client.get(bengt.post(here).headers["Location"]).text
    bengt.get(here)
    assert bengt.post(here, _confirmed="y").status_code == 303
    assert "40 %" not in bengt.get(here).text


def test_what_was_not_rehearsed_cannot_be_moved_in(bengt: Browser, move: Callable[..., str]) -> None:
    here = f"/imports/work/{move(status='OPEN')}/commit"
    bengt.get(here)
    assert bengt.post(here).status_code == 409


def test_undoing_tells_what_happened(bengt: Browser, move: Callable[..., str]) -> None:
    assert cells(bengt.get(f"/imports/work/{move(status='UNDONE')}/undo").text, "Kunder") == ["2", "1"]


def test_a_signed_move_is_undone_by_leave_only(bengt: Browser, kaisa: Browser, move: Callable[..., str]) -> None:
    key = move(status="SIGNED")
    here = f"/imports/work/{key}/undo"
    bengt.get(here)
    assert bengt.post(here).status_code == 409
    bengt.get(here)
    assert bengt.post(f"/imports/work/{key}/ask").status_code == 303
    listed = kaisa.get("/imports/undo-requests/list/").text
    assert cells(listed, "Vantaa")[3:] == ["3", "3", "0"]
    request = re.search(r'name="rowid" value="([^"]+)"', listed)
    assert request and key not in listed
    assert kaisa.post("/imports/undo-requests/action_post", action="allow_undo", rowid=request.group(1), _confirmed="y").status_code == 200
    assert "Vantaa</th>" not in kaisa.get("/imports/undo-requests/list/").text
    bengt.get(here)
    assert bengt.post(here).status_code == 303
