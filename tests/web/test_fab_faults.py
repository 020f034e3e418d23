"""Faults of stock FAB that would write to or show the wrong row: shown on stock, gone here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import flask_appbuilder
import pytest
from flask import Flask, g, redirect
from flask_appbuilder import ModelView
from flask_appbuilder.actions import action
from flask_appbuilder.models.sqla.filters import FilterEqual
from flask_appbuilder.models.sqla.interface import SQLAInterface
from flask_migrate import upgrade
from sqlalchemy import select

from app.access.actor import system_scope
from app.db.base import db
from app.organisations.load import load_organisations
from app.organisations.models import Organisation
from app.web.base_view import BaseView
from app.web.interface import Interface
from tests.support.app import MIGRATIONS, make_app


class Touching:
    """An action over municipalities only."""

    base_filters = [["kind", FilterEqual, "MUNICIPALITY"]]
    list_columns = show_columns = add_columns = edit_columns = search_columns = ["name_fi"]
    order_columns = ["name_fi"]
    touched: list[str]

    @action("touch", "Touch", multiple=True, single=True)
    def touch(self, items: Any) -> Any:
        self.touched.extend(row.code for row in (items if isinstance(items, list) else [items]) if row)
        return redirect("/")


class StockView(Touching, ModelView):
    datamodel = SQLAInterface(Organisation)
    route_base = "/stock"
    touched: list[str] = []


class OurView(Touching, BaseView):
    datamodel = Interface(Organisation)
    route_base = "/ours"
    search_columns = ["kind"]
    base_permissions = ["can_list", "can_show", "can_action", "can_action_post"]
    touched: list[str] = []


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, str, str, Any, Any]]:
    app = make_app(tmp_path_factory.mktemp("fab"), WTF_CSRF_ENABLED=False)
    with app.app_context(), system_scope():
        upgrade(directory=MIGRATIONS)
        load_organisations(db.session)
        own = db.session.scalar(select(Organisation.id).where(Organisation.kind == "MUNICIPALITY", Organisation.code == "092"))
        foreign = db.session.scalar(select(Organisation.id).where(Organisation.kind == "MINISTRY"))
        manager = app.appbuilder  # type: ignore[attr-defined]
        manager.sm.has_access = lambda *_names: True
        app._got_first_request = False
        stock, ours = manager.add_view_no_menu(StockView), manager.add_view_no_menu(OurView)
    yield app, str(own), str(foreign), stock, ours


@pytest.mark.parametrize("many", [True, False])
def test_an_action_reaches_only_rows_of_the_view(both: tuple[Flask, str, str, Any, Any], many: bool) -> None:
    app, own, foreign, _stock, _ours = both
    client = app.test_client()

    def act(base: str, key: str) -> int:
        if many:
            return client.post(f"{base}/action_post", data={"action": "touch", "rowid": key}).status_code
        return client.post(f"{base}/action/touch/{key}").status_code

    StockView.touched.clear(), OurView.touched.clear()
    act("/stock", foreign)
    assert StockView.touched == ["TEM"]
    assert act("/ours", foreign) == 404
    assert OurView.touched == []
    assert act("/ours", own) in (302, 303)
    assert OurView.touched == ["092"]
    assert client.post("/ours/action/unknown/" + own).status_code == 404
    assert client.get("/ours/action/touch/" + own).status_code in (404, 405)


def test_filters_stay_in_their_request(both: tuple[Flask, str, str, Any, Any]) -> None:
    app, _own, _foreign, stock, ours = both
    with app.test_request_context("/stock/list/"):
        g.fab_filters = {}
        stock._filters.add_filter("name_fi", FilterEqual, "A")
        ours._filters.add_filter("name_fi", FilterEqual, "A")
    with app.test_request_context("/stock/list/"):
        assert [value for _filter, value in stock._filters.get_filters_values()] == ["A"]
        assert list(ours._filters.get_filters_values()) == []


def test_lists_do_not_share_one_form() -> None:
    stock = Path(flask_appbuilder.__file__).parent / "templates/appbuilder/general"
    shared = [path.name for path in stock.rglob("*.html") if 'id="action_form"' in path.read_text()]
    assert shared, "stock FAB names every list's form alike"
    ours = Path(__file__).parents[2] / "app/templates"
    assert not [path.name for path in ours.rglob("*.html") if "action_form" in path.read_text()]
    form = re.search(r"<form[^>]*bulk[^>]*>", (ours / "koto/list.html").read_text())
    assert form and "bulk_url" in form.group(0)
