"""`clients search`: what the search of the list finds for a person, the best first, with the same event; refused with a reason."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import delete, select, update

from app.access.actor import Scope, acting_scope, system_scope
from app.clients import finding
from app.clients.matches import score
from app.clients.models import Client
from app.core.identity_code import check_character
from app.db.base import db
from app.organisations.models import organisation_key
from app.users.models import AccessGrant
from tests.clients.test_matches import matches
from tests.support.app import Browser
from tests.support.audit import recorded
from tests.web.test_forms import add

BORN = date(1977, 3, 8)
CODE = f"{BORN:%d%m%y}-963{check_character(BORN, 963)}"
VANTAA, COUNTY = organisation_key("MUNICIPALITY", "092"), organisation_key("WELLBEING_COUNTY", "04")
# Invented: the nearest to "zubrowka" first, then a longer name, and who has it as a part only.
NAMES = (("Żubrówka", "Aava"), ("Zubrowka-Hirvi", "Beda"), ("Zubrowkainen", "Cajsa"), ("محسنزاده", "نوشین"), ("Щукарьова", "Ярина"))


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def known(request: pytest.FixtureRequest) -> Iterator[Flask]:
    """The application on each database, served by the role without rights over the tables, with a few clients of Vantaa."""
    app: Flask = request.getfixturevalue("sqlite_app" if request.param == "sqlite" else "postgres_app")
    aino = Browser(app).sign_in("aino")
    for day, (family, given) in enumerate(NAMES, 8):
        code = {"identity_code": CODE, "no_identity_code_reason": ""} if day == 8 else {}
        assert add(aino, family_name=family, given_names=given, birth_date=f"1977-03-{day:02}", **code).status_code == 303  # type: ignore[attr-defined]
    yield app
    with app.app_context(), acting_scope(Scope(VANTAA)):
        db.session.execute(delete(Client).where(Client.birth_date.between(BORN, BORN + timedelta(4)), Client.family_name.in_([family for family, _given in NAMES])))
        db.session.commit()


def run(app: Flask, *words: str, **more: Any) -> Any:
    return app.test_cli_runner().invoke(args=["clients", "search", *words], **more)


def found(app: Flask, text: str, username: str = "aino") -> list[dict[str, Any]]:
    answer = run(app, text, "--as", username, "--json")
    assert answer.exit_code == 0, answer.stderr
    told: list[dict[str, Any]] = json.loads(answer.stdout)
    assert [one["score"] for one in told] == sorted((one["score"] for one in told), reverse=True)
    return told


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("ali", ["Hassan", "Ali"], 100), ("ostrom", ["Öström"], 100), ("ali hassan", ["Hassan", "Ali", None], 100), ("moham", ["Mohamed"], 83),
        ("ali moham", ["Mohamed", "Ali"], 91), ("Мохамед", ["Mokhamed"], 100), ("zzz", ["Ali"], 0), ("", ["Ali"], 0), ("ali", [None], 0),
    ],
)  # fmt: skip
def test_the_score_is_how_near_the_names_are_to_the_words(text: str, names: list[str | None], expected: int) -> None:
    assert score(text, names) == expected


def test_the_best_comes_first_with_the_reason_of_the_page(known: Flask) -> None:
    told = found(known, "zubrowka")
    assert [one["name"] for one in told] == ["Żubrówka, Aava", "Zubrowkainen, Cajsa", "Zubrowka-Hirvi, Beda"]
    assert told[0] == {"id": told[0]["id"], "name": "Żubrówka, Aava", "birth_date": "1977-03-08", "municipality": "Vantaa", "score": 100,
                       "matched_because": "Nimi, toinen kirjoitusasu: Żubrówka"}  # fmt: skip
    swedish = found(known, "zubrowka", "bengt")[0]
    assert (swedish["municipality"], swedish["matched_because"]) == ("Vanda", "Namn, annan stavning: Żubrówka")


@pytest.mark.parametrize("text", ["zubrowka", "aava żub", CODE.lower(), "8.3.1977", "nobody-has-this"])
def test_it_finds_whom_the_page_finds(known: Flask, text: str) -> None:
    browser = Browser(known).sign_in("aino")
    browser.get("/")
    page = browser.get(browser.post("/clients/search", q=text).headers["Location"])
    told = {one["name"]: one["matched_because"] for one in found(known, text)}
    assert told == (matches(browser, text) if "/clients/show/" in page.text else {})


@pytest.mark.parametrize(("text", "because"), [(CODE, "Henkilötunnus"), (f" {CODE.lower()} ", "Henkilötunnus"), ("8.3.1977", "Syntymäaika")])
def test_a_key_is_a_match_of_a_hundred(known: Flask, text: str, because: str) -> None:
    (one,) = [one for one in found(known, text) if one["name"].startswith("Żub")]
    assert (one["score"], one["matched_because"]) == (100, because) and CODE not in json.dumps(one)


@pytest.mark.parametrize(("text", "name"), [("محسنزاده", "محسنزاده, نوشین"), ("mhsnzdh", "محسنزاده, نوشین"), ("Щукарьова", "Щукарьова, Ярина"), ("yarina", "Щукарьова, Ярина"),
                                            ("Зубровка", ""), ("Зубро", "Żubrówka, Aava"), ("Ава", "Żubrówka, Aava"), ("Mohsenzade", "")])  # fmt: skip
def test_names_of_other_letters_are_found_as_they_are_folded(known: Flask, text: str, name: str) -> None:
    assert [one["name"] for one in found(known, text)][:1] == ([name] if name else [])


def test_another_municipality_finds_nobody_by_the_same_words(known: Flask) -> None:
    for text in ("zubrowka", CODE):
        assert found(known, text, "cecilia") == []


def test_who_takes_part_sees_what_the_invitation_shows(known: Flask) -> None:
    with known.app_context(), acting_scope(Scope(COUNTY, is_participant=True)):
        seen = dict(db.session.execute(select(Client.id, Client.search_name)).tuples().all())
    family = sorted(seen.values())[0].split()[0]
    told = found(known, family, "veera")
    assert told and {one["id"] for one in told} == {key for key, name in seen.items() if family in name}
    browser = Browser(known).sign_in("veera")
    browser.get("/")
    page = browser.get(browser.post("/clients/search", q=family).headers["Location"]).text
    for one in told:
        day = date.fromisoformat(one["birth_date"]) if one["birth_date"] else None
        assert one["name"] in page and (day is None or f"{day.day}.{day.month}.{day.year}" in page)
        home = re.search(r"Kotikunta</dt>\s*<dd[^>]*>([^<]*)<", browser.get(f"/clients/show/{one['id']}?tab=basics").text)
        assert one["municipality"] == (home.group(1) if home else None)


def test_a_protected_client_is_found_without_the_municipality(known: Flask) -> None:
    key = found(known, "zubrowka hirvi")[0]["id"]
    with known.app_context(), acting_scope(Scope(VANTAA)):
        db.session.execute(update(Client).where(Client.id == key).values(non_disclosure=True))
        db.session.commit()
    bengt = Browser(known).sign_in("bengt")
    bengt.get(f"/clients/protected/{key}")
    assert bengt.post(f"/clients/protected/{key}", reason="LETTER").status_code == 303 and "Vanda</dd>" in bengt.get(f"/clients/show/{key}?tab=basics").text
    (one,) = found(known, "zubrowka hirvi", "bengt")
    assert one["name"] == "Zubrowka-Hirvi, Beda" and one["municipality"] == "Dold: spärrmarkering"


def test_it_leaves_the_event_of_the_page_and_never_the_text(known: Flask) -> None:
    browser = Browser(known).sign_in("aino")
    browser.get("/")
    for text in ("zubrowka", CODE, "nobody-has-this"):
        with recorded(known) as events:
            told = found(known, text)
            browser.get(browser.post("/clients/search", q=text).headers["Location"])
        mine, pages = events()
        assert mine.name == pages.name == "client:searched" and text not in str(mine)
        assert mine.clients == pages.clients == sorted(one["id"] for one in told) and mine.request_id is None
        for name in ("outcome", "purpose", "role", "user_id", "organisation_id", "criteria", "hits", "fields", "row_id"):
            assert getattr(mine, name) == getattr(pages, name), name


def test_no_more_than_the_best_are_told_and_all_are_counted(known: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    assert finding.TOLD_AT_MOST == 50
    monkeypatch.setattr(finding, "TOLD_AT_MOST", 2)
    with recorded(known) as events:
        told = found(known, "zubrowka")
    (event,) = events()
    assert [one["name"] for one in told] == ["Żubrówka, Aava", "Zubrowkainen, Cajsa"] and (len(event.clients), event.hits) == (2, 3)


def test_of_very_many_those_with_the_whole_name_are_scored_first(known: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "_SCORED_AT_MOST", 1)
    assert [one["name"] for one in found(known, "zubrowka")] == ["Żubrówka, Aava"]


def test_it_reads_the_text_from_standard_input_and_prints_lines(known: Flask) -> None:
    answer = run(known, "-", "--as", "AINO", input=f"{CODE}\n")
    assert answer.exit_code == 0 and answer.stdout.split("  ")[0] == "100" and "1977-03-08  Żubrówka, Aava  Vantaa  Henkilötunnus" in answer.stdout
    assert run(known, "nobody-has-this", "--as", "aino").stdout == "" and found(known, "nobody-has-this") == []


@pytest.mark.parametrize(
    ("words", "code", "reason"),
    [
        (("x", "--as", "nobody"), 1, "no such user"), (("x", "--as", "eeva"), 1, "ACCESS_ADMIN"), (("x", "--as", "minna"), 1, "ANALYST"), (("x", "--as", "pekka"), 1, "PROVIDER_USER"),
        (("x",), 2, "--as"), (("--as", "aino"), 2, "TEXT"), (("", "--as", "aino"), 2, "TEXT"), ((" \t", "--as", "aino"), 2, "TEXT"), (("ー", "--as", "aino"), 2, "TEXT"),
        (("x", "y", "--as", "aino"), 2, "y"),
    ],
)  # fmt: skip
def test_what_is_refused_says_why_on_the_other_stream(known: Flask, words: tuple[str, ...], code: int, reason: str) -> None:
    with recorded(known) as events:
        answer = run(known, *words, "--json")
    assert (answer.exit_code, answer.stdout) == (code, "") and reason in answer.stderr and events() == []


@pytest.mark.parametrize("change", [{"valid_to": date(2026, 1, 2)}, {"opened_at": None}, {"is_program": True}])
def test_a_right_that_is_not_in_force_or_is_a_programs_opens_nothing(known: Flask, change: dict[str, Any]) -> None:
    with known.app_context(), system_scope():
        mine = AccessGrant.user_id == select(User.id).where(User.username == "iida").scalar_subquery()
        before = db.session.execute(select(*(getattr(AccessGrant, name) for name in change)).where(mine)).one()
        db.session.execute(update(AccessGrant).where(mine).values(**change))
        db.session.commit()
    try:
        answer = run(known, "zubrowka", "--as", "iida", "--json")
    finally:
        with known.app_context(), system_scope():
            db.session.execute(update(AccessGrant).where(mine).values(**dict(zip(change, before, strict=True))))
            db.session.commit()
    assert (answer.exit_code, answer.stdout) == (1, "") and "no right in force" in answer.stderr
    assert found(known, "zubrowka", "iida")
