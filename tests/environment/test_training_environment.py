"""Training beside the real system: cookies of its own, nothing that goes out, its mark on every page, paper, file and letter."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.access.actor import system_scope
from app.core.identity_code import check_character, real_code_in
from app.db.base import db
from app.mail.outbox import KEPT, Letter, queue
from app.mail.models import OutgoingMail
from app.users.models import UserProfile
from config import load_settings
from tests.support.app import Browser, make_app, prepare
from tests.support.crawler import Crawler
from tests.support.pdf import Pdf, squeezed

MARKS = {"fi": "Harjoitusympäristö – keksittyjä henkilöitä", "sv": "Övningsmiljö – påhittade personer"}
TEMPLATES = Path(__file__).parents[2] / "app" / "templates"
SETTINGS = {"KOTO_ENVIRONMENT": "training", "KOTO_SMTP_URL": "smtp://mail.invalid", "KOTO_MAIL_FROM": "koto@example.fi"}


@pytest.fixture(scope="module")
def training(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    app = make_app(tmp_path_factory.mktemp("training"), settings=SETTINGS)
    prepare(app, 20)
    return app


def test_every_document_of_a_page_or_a_paper_bears_the_mark() -> None:
    whole = [path for path in TEMPLATES.rglob("*.html") if "<html" in path.read_text(encoding="utf-8")]
    assert len(whole) >= 5
    assert [path.name for path in whole if "environment_mark()" not in path.read_text(encoding="utf-8")] == []


@pytest.mark.parametrize(("person", "language"), [("iida", "sv"), ("eeva", "fi"), (None, "fi"), (None, "sv")])
def test_every_page_of_the_crawl_bears_the_mark(tmp_path_factory: pytest.TempPathFactory, person: str | None, language: str) -> None:
    app = make_app(tmp_path_factory.mktemp(f"crawl-{person}-{language}"), settings=SETTINGS)
    prepare(app, 3)
    met = [page for page in Crawler(app, person, language).crawl() if page.is_page]
    assert len(met) > (30 if person else 3)
    assert [page.path for page in met if '<aside class="environment-mark"' not in page.text or MARKS[language] not in page.text] == []


def test_the_environments_beside_each_other_have_other_cookies(training: Flask, sqlite_app: Flask) -> None:
    for language in ("fi", "sv"):
        Browser(training).get(f"/lang/{language}")
    names = [{re.findall(r"^(\w+)=", line)[0] for line in app.test_client().get("/lang/sv").headers.getlist("Set-Cookie")} for app in (training, sqlite_app)]
    assert names == [{"koto_training_session"}, {"koto_session"}]
    published = load_settings({"KOTO_INSTANCE_DIR": training.instance_path, "KOTO_ENVIRONMENT": "training", "KOTO_PUBLIC_URL": "https://harjoitus.invalid"})
    assert published.flask_config()["SESSION_COOKIE_NAME"] == "__Host-koto_training_session" and published.flask_config()["SESSION_COOKIE_SECURE"]


def test_nothing_goes_out(training: Flask, sqlite_app: Flask) -> None:
    assert training.config["KOTO"].smtp is None
    assert "open_figures" not in training.blueprints and training.test_client().get("/api/v1/open/fi/").status_code == 404
    done = training.test_cli_runner().invoke(args=["mail", "send"])
    assert done.exit_code == 1 and "sends no letters" in done.output
    # The pages of training are nowhere else.
    assert {"my_letters", "training_access"} <= training.blueprints.keys() and not {"my_letters", "training_access"} & sqlite_app.blueprints.keys()


def test_each_reads_the_letters_to_themselves_on_a_page(training: Flask) -> None:
    with training.app_context(), system_scope():
        (aino,) = db.session.scalars(db.select(UserProfile.user_id).join(UserProfile.__table__.metadata.tables["ab_user"]).where(db.text("username = 'aino'")))
        queue(db.session, Letter(kind="OPENED", language="sv", receiver="a@example.fi", subject="Rättigheten är öppen", body="Se mera: /my-rights/\n", user_id=aino))
        queue(db.session, Letter(kind="INVITED", language="fi", receiver="Cecilia@demo.invalid", subject="Kutsu", body="Hae oikeutta.\n"))
        db.session.commit()
        assert {mail.state for mail in db.session.scalars(db.select(OutgoingMail))} == {KEPT}
    reader, other = Browser(training).sign_in("aino"), Browser(training).sign_in("cecilia")
    listed = reader.get("/my-letters/").text
    assert MARKS["sv"] + ": Rättigheten är öppen" in listed and "Kutsu" not in listed
    path = re.findall(r'href="(/my-letters/[0-9a-f-]{36})"', listed)[0]
    letter = reader.get(path).text
    assert "Se mera" in letter and 'href="/my-rights/"' in letter
    assert other.get(path).status_code == 404 and "Kutsu" in other.get("/my-letters/").text
    assert training.test_client().get("/my-letters/").status_code == 303


def _pdf_of_a_plan(bengt: Browser) -> Any:
    plan = re.findall(r"/plans/show/([0-9a-f-]{36})", bengt.get("/plans/list/").text)[0]
    form = re.findall(r'action="(/plans/pdf/[^"]+)"', bengt.get(f"/plans/show/{plan}").text)
    path = form[0] if form else f"/plans/pdf/{plan}"
    return bengt.get(path) if bengt.client.get(path).status_code == 200 else bengt.post(path)


def test_papers_bear_the_mark_and_files_are_named_by_it(training: Flask) -> None:
    bengt = Browser(training).sign_in("bengt")
    paper = _pdf_of_a_plan(bengt)
    assert paper.mimetype == "application/pdf" and squeezed(MARKS["sv"]) in Pdf(paper.data).text
    assert "filename=ovning-" in paper.headers["Content-Disposition"].replace('"', "")


def real_code() -> str:
    born = date(1990, 5, 1)
    return f"010590-123{check_character(born, 123)}"


def test_no_text_of_a_form_takes_a_code_that_a_person_may_have(training: Flask) -> None:
    assert real_code_in(f"Asiakas {real_code().lower()} soitti") and not real_code_in("010190-900P")
    aino = Browser(training).sign_in("aino")
    aino.get("/clients/add")
    answer = aino.post("/clients/add", identity_code=real_code(), family_name=f"Virtanen {real_code()}", given_names="Ville")
    assert answer.status_code == 422 and answer.text.count("kolme numeroa ovat 900–999") >= 2
    assert real_code() in answer.text
