"""A word that no column has room for breaks, so that a list of as many columns as it begins with fits a wide screen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import select, update

from app.access.actor import system_scope
from app.db.base import db
from app.demo.accounts import DEMO_PASSWORD
from app.organisations.models import organisation_key
from app.users.models import AccessGrant, LocalRole
from tests.support.app import make_app, prepare
from tests.support.browser import served_here, sign_in

WORD = "Maahanmuuttajapalveluasiantuntijaverkostokoordinaattori"


def test_a_list_with_a_long_word_in_every_row_does_not_scroll(tmp_path: Path, browser: Any) -> None:
    app = make_app(tmp_path)
    prepare(app, 5)
    with app.app_context(), system_scope():
        home = organisation_key("MUNICIPALITY", "092")
        role = LocalRole(base="CASEWORKER", name_fi=WORD, name_sv=WORD, withheld="", org_id=home)
        db.session.add(role)
        db.session.flush()
        db.session.execute(update(AccessGrant).where(AccessGrant.organisation_id == home, AccessGrant.role == "CASEWORKER").values(local_role_id=role.id))
        assert db.session.scalar(select(AccessGrant.id).where(AccessGrant.local_role_id == role.id).limit(1))
        db.session.commit()
    with served_here(app) as site:
        page = browser.new_context(locale="fi", viewport={"width": 1280, "height": 800}).new_page()
        sign_in(page, site, "eeva", DEMO_PASSWORD)
        page.goto(f"{site}/user-rights/list/")
        assert WORD in page.locator("tbody").text_content()
        assert page.evaluate("(box => box.scrollWidth - box.clientWidth)(document.querySelector('.table-scroll'))") <= 1
        # Words that fit stay whole.
        assert page.locator("td.breaks").count() == page.get_by_text(WORD).count()
