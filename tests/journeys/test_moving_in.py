"""A Swedish-speaking lead moves a municipality in without help: a workbook of 2,000 clients with 150 faults, corrected in the workbook that comes back, undone, and done again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.demo.accounts import DEMO_PASSWORD
from tests.journeys import old_system
from tests.support.app import make_app, prepare
from tests.support.browser import served, sign_in
from tests.support.move_at_browser import Move

PERMITS = "Uppehållsrätt"


@pytest.fixture
def lead(browser: Any, tmp_path: Path) -> Iterator[Any]:
    """The lead's page; the worker of jobs runs beside the service."""
    prepare(make_app(tmp_path), 40)
    with served(tmp_path, KOTO_JOBS="on") as site:
        context = browser.new_context(accept_downloads=True, base_url=site)
        page = context.new_page()
        page.set_default_timeout(60_000)
        sign_in(page, site, "bengt", DEMO_PASSWORD)
        page.goto("/lang/sv")
        yield page
        context.close()


def _total(outcome: dict[str, list[int]]) -> list[int]:
    """Give in, created, updated, joined, unchanged, skipped, stopped, failed of all."""
    return list(outcome.values())[-1]


def test_a_municipality_moves_in_without_a_consultant(lead: Any, tmp_path: Path) -> None:
    clients = old_system.CLIENTS
    faulty = tmp_path / "gammalt.xlsx"
    faulty.write_bytes(old_system.workbook(old_system.faulty()))
    move = Move(lead, "Flytten")
    move.hand_in(faulty)
    move.map_all()
    came, created, *_between, stopped, failed = _total(move.work("rehearse"))
    # Each fault stops a row, and the hundred that stop a client take its permit along.
    assert (came, created, stopped, failed) == (2 * clients, 2 * clients - 250, 250, 0)

    right = tmp_path / "rättat.xlsx"
    right.write_bytes(old_system.workbook(old_system.corrected(move.returned(tmp_path))))
    move.drop_files()
    move.hand_in(right)
    move.map_all()
    assert _total(move.work("rehearse"))[:2] == [2 * clients, 2 * clients]
    assert _total(move.work("commit"))[:2] == [2 * clients, 2 * clients]
    lead.goto(f"/clients/list/?q={old_system.name_of(7)}")
    move.certify(signs=False)

    move.work("undo")
    lead.goto(f"/imports/show/{move.key}")
    assert "Återkallad" in lead.locator("main").inner_text() or "återkallad" in lead.locator("main").inner_text()

    again = Move(lead, "Flytten på nytt")
    again.hand_in(right)
    again.map_all()
    again.work("rehearse")
    assert _total(again.work("commit"))[:2] == [2 * clients, 2 * clients]
    again.certify(signs=True)
    lead.goto(f"/imports/show/{again.key}")
    assert lead.locator("main", has_text="Undertecknat").count()
