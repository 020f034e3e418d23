"""What is restricted is masked until it is opened, by who is responsible for the client or by the lead, with an event."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.access.actor import Scope, acting_scope
from app.assessments.part_views import RestrictedSectionView
from app.clients.models import Client
from app.db.base import Model, db
from app.db.types import Sensitivity
from app.web.display import column_info
from app.web.restricted import restricted_columns
from tests.participations.conftest import VANTAA
from tests.support.app import Browser
from tests.support.audit import recorded

MASK = "Erikseen rajattu tieto"


def test_it_works(app: Flask, aino: Browser, client: dict[str, str]) -> None:
    page = aino.get(f"/clients/show/{client['client']}?tab=basics")
    assert MASK in page.text and f'action="/clients/restricted/{client["client"]}"' in page.text
    with recorded(app) as told:
        opened = aino.post(f"/clients/restricted/{client['client']}")
    assert opened.status_code == 200 and MASK not in opened.text and "Ihmiskaupan uhri</dt><dd>Kyllä" in opened.text
    assert [(event.name, event.purpose, event.clients) for event in told()] == [("client:restricted_read", "INTEGRATION_SERVICE", [client["client"]])]
    assert MASK in aino.get(f"/clients/show/{client['client']}?tab=basics").text, "it is opened for one page only"


def test_another_worker_does_not_open_it_and_the_lead_does(app: Flask, aino: Browser, client: dict[str, str]) -> None:
    with app.app_context(), acting_scope(Scope(VANTAA)):
        db.session.execute(update(Client).where(Client.id == client["client"]).values(responsible_worker_id=None))
        db.session.commit()
    assert "/clients/restricted/" not in aino.get(f"/clients/show/{client['client']}?tab=basics").text
    with recorded(app) as told:
        assert aino.post(f"/clients/restricted/{client['client']}").status_code == 403
    assert [(event.name, event.outcome) for event in told()] == [("client:restricted_read", "REFUSED")]
    bengt = Browser(app).sign_in("bengt")
    bengt.get(f"/clients/show/{client['client']}")
    assert bengt.post(f"/clients/restricted/{client['client']}").status_code == 200


@pytest.mark.parametrize(("username", "status"), [("cecilia", 404), ("veera", 403), ("pekka", 403), ("eeva", 403)])
def test_it_refuses_other_organisation_and_wrong_role(app: Flask, client: dict[str, str], username: str, status: int) -> None:
    other = Browser(app).sign_in(username)
    assert other.post(f"/clients/restricted/{client['client']}").status_code == status


def test_no_list_file_or_api_holds_it(app: Flask, client: dict[str, str]) -> None:
    bengt = Browser(app).sign_in("bengt")
    found = bengt.get(f"/api/v1/clients/{client['client']}").json
    assert "Särskilt begränsad" in found["trafficking_victim"]


def test_every_restricted_field_is_masked_and_none_is_asked_in_a_list(sqlite_app: Flask) -> None:
    """A view whose model holds such a field offers the opening, and neither searches, orders nor lists by it.

    The form of a restricted section is opened as its content is (`test_assessment_parts.py`).
    """
    models = [mapper.class_ for mapper in Model.registry.mappers if restricted_columns(mapper.class_)]
    assert {model.__tablename__ for model in models} >= {"client", "county_statement"}
    for view in sqlite_app.appbuilder.baseviews:  # type: ignore[attr-defined]
        model = getattr(getattr(view, "datamodel", None), "obj", None)
        if model not in models or not hasattr(view, "related_list"):
            continue
        hidden = set(restricted_columns(model))
        assert all(column_info(model, name)["sensitivity"] is Sensitivity.RESTRICTED for name in hidden)
        assert "can_restricted" in view.base_permissions
        edited = () if isinstance(view, RestrictedSectionView) else view.edit_columns
        assert not hidden & {*view.list_columns, *view.search_columns, *view.order_columns, *edited}, view


def test_the_wall_is_not_needed_to_find_the_client(app: Flask, client: dict[str, str]) -> None:
    with app.app_context(), acting_scope(Scope(VANTAA)):
        assert db.session.scalar(select(Client.trafficking_victim).where(Client.id == client["client"])) is True
