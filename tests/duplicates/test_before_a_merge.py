"""What keeps two records from being joined or parted, told on the page; pairs that are not offered; and records that are read only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.access.actor import Scope, acting_scope, system_scope
from app.clients.models import Client
from app.clients.reminders import ClientReminder
from app.db.base import db
from app.home.due import due_for_worker
from app.plans.models import IntegrationPlan
from app.transfers.models import TransferRequest, TransferSide
from tests.duplicates.conftest import PORVOO, VANTAA
from tests.duplicates.test_merge_and_undo import filled, joined, proposed, undone
from tests.support.app import Browser


def test_two_plans_that_bind_are_settled_first(app: Flask, bengt: Browser, person: Callable[..., str], worker: int) -> None:
    kept, other = person(), person()
    plans = [filled(app, key, worker)["plan"] for key in (kept, other)]
    pair = proposed(bengt, kept, other)
    page = bengt.get(f"/same-persons/merge/{pair}").text
    assert "Båda uppgifterna har en integrationsplan" in page and "Slå samman uppgifterna</button>" not in page
    assert joined(bengt, pair).status_code == 422
    with app.app_context(), acting_scope(Scope(VANTAA)):
        db.session.execute(update(IntegrationPlan).where(IntegrationPlan.id == plans[1]).values(status="ANNULLED"))
        db.session.commit()
    assert joined(bengt, pair).status_code == 303


def test_an_open_transfer_is_settled_first(app: Flask, owner: Flask, bengt: Browser, person: Callable[..., str]) -> None:
    kept, other = person(), person()
    with owner.app_context(), system_scope():
        row = TransferRequest(way="PUSHED", from_id=VANTAA, to_id=PORVOO, org_id=VANTAA, sections="BASICS", consent_on=date(2026, 1, 7), consent_language="so",
                              sent_on=date(2026, 1, 7), due_on=date(2026, 1, 21), waits_for_id=PORVOO)  # fmt: skip
        db.session.add(row)
        db.session.flush()
        db.session.add(TransferSide(transfer_id=row.id, organisation_id=VANTAA, client_id=other, family_name="X", given_names="Y", birth_date=date(1931, 3, 17)))
        key = row.id
        db.session.commit()
    pair = proposed(bengt, kept, other)
    assert joined(bengt, pair).status_code == 422 and "finns en öppen överföring" in bengt.page.text
    with owner.app_context(), system_scope():
        db.session.delete(db.session.get_one(TransferRequest, key))
        db.session.commit()


def test_records_joined_one_after_another_are_parted_last_first(app: Flask, bengt: Browser, person: Callable[..., str]) -> None:
    first, second, third = person(), person(), person()
    inner = proposed(bengt, second, first)
    assert joined(bengt, inner).status_code == 303
    outer = proposed(bengt, third, second)
    assert joined(bengt, outer).status_code == 303
    assert undone(bengt, inner).status_code == 409
    assert [undone(bengt, pair).status_code for pair in (outer, inner)] == [303, 303]


def test_a_pair_judged_different_is_not_offered_after_one_of_them_was_joined(bengt: Browser, person: Callable[..., str]) -> None:
    kept, other, stranger = person(), person(), person()
    pair = proposed(bengt, other, stranger)
    assert bengt.get(f"/same-persons/different/{pair}").status_code == 200
    assert bengt.post(f"/same-persons/different/{pair}").status_code == 303
    assert f"/propose/{kept}/{stranger}" in bengt.get(f"/same-persons/candidates/{kept}").text
    assert joined(bengt, proposed(bengt, kept, other)).status_code == 303
    assert f"/propose/{kept}/{stranger}" not in bengt.get(f"/same-persons/candidates/{kept}").text
    assert f"/propose/{stranger}/{kept}" not in bengt.get(f"/same-persons/candidates/{stranger}").text


def test_only_the_lead_takes_a_judgement_back(aino: Browser, bengt: Browser, person: Callable[..., str]) -> None:
    pair = proposed(aino, person(), person())
    aino.get(f"/same-persons/different/{pair}")
    assert aino.post(f"/same-persons/different/{pair}").status_code == 303
    assert aino.get(f"/same-persons/reconsider/{pair}").status_code == 403
    assert bengt.get(f"/same-persons/reconsider/{pair}").status_code == 200
    assert bengt.post(f"/same-persons/reconsider/{pair}").status_code == 303
    assert joined(bengt, pair).status_code == 303


def test_what_stays_with_a_joined_record_is_read_only_and_nobody_is_reminded_of_it(app: Flask, aino: Browser, bengt: Browser, person: Callable[..., str], worker: int) -> None:
    kept, other = person(responsible_worker_id=worker), person(responsible_worker_id=worker)
    with app.app_context(), acting_scope(Scope(VANTAA)):
        rows = [ClientReminder(client_id=key, org_id=VANTAA, created_by=worker, content="x", due_on=date(2026, 1, 8)) for key in (kept, other)]
        db.session.add_all(rows)
        db.session.commit()
        keys = [row.id for row in rows]
    assert joined(bengt, proposed(bengt, kept, other)).status_code == 303
    assert [aino.get(f"/reminders/edit/{key}").status_code for key in keys] == [200, 409]
    with app.app_context(), acting_scope(Scope(VANTAA)):
        found = {due.client_id for due in due_for_worker(db.session, worker, date.today(), 500, reminders=True)}
        assert kept in found and other not in found


@pytest.mark.parametrize("way", ["/transfers/send?client={key}", "/participations/invite?client={key}"])
def test_a_joined_record_is_not_sent_nor_shared(app: Flask, bengt: Browser, person: Callable[..., str], way: str) -> None:
    kept, other = person(), person()
    assert bengt.get(way.format(key=other)).status_code == 200
    assert joined(bengt, proposed(bengt, kept, other)).status_code == 303
    assert bengt.get(way.format(key=other)).status_code in (404, 409)
    with app.app_context(), acting_scope(Scope(VANTAA)):
        assert db.session.scalar(select(Client.merged_into_id).where(Client.id == other)) == kept
