"""A new entity is models, declarations, labels and rights (`tests/support/school.py`); its list, its entry and its doors come of themselves."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy import select

from app.access.actor import system_scope
from app.access.roles import ROLES
from app.db.base import db
from tests.support.app import Browser, counted_statements
from tests.support.page import Page
from tests.support.school import Course, Lesson, School
from tests.support.school_app import LIST, added, courses, events, key_of, lesson, names


@pytest.fixture
def aino(school: Flask) -> Browser:
    return Browser(school).sign_in("aino")


@pytest.fixture
def bengt(school: Flask) -> Browser:
    return Browser(school).sign_in("bengt")


def test_a_list_has_search_filters_order_size_and_a_count(aino: Browser) -> None:
    page = aino.get(LIST)
    assert names(page) == ["Arki", "Etä", "Svenska", "Työ"] and "4 riviä" in page.text and 'aria-sort="ascending"' in page.text
    assert "Pohjoinen opisto" in page.text and "<h1>Kurssit</h1>" in page.text
    assert names(aino.get(f"{LIST}?order=starts_on&direction=desc"))[-1] == "Arki"
    first = aino.get(f"{LIST}?psize=3")
    more = re.search(r'href="([^"]+after=[^"]+)"', first.text)
    assert more and len(names(first)) == 3 and names(aino.get(unescape(more.group(1)))) == ["Työ"]
    aino.get(LIST)
    assert names(aino.get(aino.post("/courses/search", q="sven").headers["Location"])) == ["Svenska"]


def test_it_has_its_place_in_the_navigation_of_those_who_may(school: Flask, aino: Browser) -> None:
    assert re.search(r'<a href="/courses/list/" aria-current="page">Kurssit</a>', aino.get(LIST).text)
    assert "/courses/" not in Browser(school).sign_in("eeva").page.text


@pytest.mark.parametrize(
    ("limit", "found", "chip"),
    [
        ("f.name=rk", ["Arki"], "Nimi: rk"), ("f.language=sv", ["Svenska"], "Kieli: ruotsi"), ("f.starts_on.to=2026-09-30", ["Arki"], "Alkaa: 30.9.2026 asti"),
        ("f.seats.from=11", ["Työ"], "Paikat: vähintään 11"), ("f.seats.to=9", ["Svenska"], "Paikat: enintään 9"),
        ("f.price.from=99,9", ["Työ"], "Hinta: vähintään 99,9"), ("f.is_remote=yes", ["Etä"], "Etänä: Kyllä"),
        ("f.school_id=SCHOOL", ["Arki"], "Oppilaitos: Pohjoinen opisto"), ("f.worker_id=nobody", ["Arki", "Svenska", "Työ"], "Vastuutyöntekijä: Ei kukaan"),
    ],
)  # fmt: skip
def test_every_kind_of_column_narrows_the_list_and_says_so(school: Flask, aino: Browser, limit: str, found: list[str], chip: str) -> None:
    page = aino.get(f"{LIST}?{limit.replace('SCHOOL', key_of(school, School, name='Pohjoinen opisto'))}")
    chips = dict(re.findall(r'class="chip" href="([^"]+)"><span[^>]*>[^<]*</span>\s*([^<]+?)\s*<', page.text))
    assert names(page) == found and chip in chips.values()
    without = next(unescape(url) for url, text in chips.items() if text == chip)
    assert len(names(aino.get(without))) == 4


def test_the_panel_offers_each_kind_by_its_own_control(aino: Browser) -> None:
    panel = re.search(r'<details class="filter-panel card">.*?</details>', aino.get(LIST).text, re.S)
    assert panel
    controls = dict(re.findall(r'<(?:input|select)\b[^>]*?(?:type="([a-z]+)")?[^>]*? name="(f\.[a-z_.]+)"', panel.group(0)))
    kinds = {name: kind for kind, name in re.findall(r'type="([a-z]+)"[^>]* name="(f\.[a-z_.]+)"', panel.group(0))}
    assert kinds == {
        "f.name": "text", "f.language": "checkbox", "f.starts_on.from": "date", "f.starts_on.to": "date", "f.seats.from": "number", "f.seats.to": "number",
        "f.price.from": "number", "f.price.to": "number", "f.is_remote": "checkbox", "f.school_id": "hidden", "f.school_id_text": "text", "f.worker_id": "checkbox",
    }, controls  # fmt: skip
    assert 'data-url="/courses/suggest/school_id"' in panel.group(0)


def test_a_relation_is_narrowed_by_a_name_without_script(school: Flask, aino: Browser) -> None:
    answer = aino.get(f"{LIST}?f.name=&f.school_id=&f.school_id_text=pohjoinen")
    assert answer.headers["Location"] == f"{LIST}?f.school_id={key_of(school, School, name='Pohjoinen opisto')}"
    several = aino.get(f"{LIST}?f.school_id_text=itä")
    assert several.headers["Location"] == LIST and "Itäkeskuksen koulu, Itäväylän opisto" in aino.get(LIST).text
    kept = key_of(school, School, name="Pohjoinen opisto")
    changed = aino.get(f"{LIST}?f.school_id={kept}&f.school_id_text=itäk")
    assert changed.headers["Location"] == f"{LIST}?f.school_id={key_of(school, School, name='Itäkeskuksen koulu')}"
    assert aino.get(f"{LIST}?f.school_id={kept}&f.school_id_text=").headers["Location"] == LIST


@pytest.mark.parametrize("limit", ["f.seats.from=x", "f.price.to=1e9999", "f.seats.to=nan", "f.school_id=x", "f.way=x", "f.name.from=1", "f.is_full=yes"])
def test_what_no_filter_knows_is_refused(aino: Browser, limit: str) -> None:
    assert aino.get(f"{LIST}?{limit}").status_code == 400


def test_each_reader_keeps_columns_size_and_limits(aino: Browser, bengt: Browser) -> None:
    aino.get(LIST)
    assert aino.post("/courses/preferences", act="settings", columns=["price"], psize="50").status_code == 303
    heads = re.findall(r'role="columnheader"[^>]*>(?:<a[^>]*><span[^>]*>)?\s*([^<]+?)\s*<', aino.get(LIST).text)
    assert heads == ["Valitse", "Nimi", "Hinta"] and '<option value="50" selected>50' in aino.page.text and "99,9" in aino.page.text
    aino.get(f"{LIST}?f.name=rk")
    aino.post("/courses/preferences?f.name=rk", act="save", name="Arjen kurssit")
    link = re.search(r'href="([^"]+)">Arjen kurssit<', aino.get(LIST).text)
    assert link and names(aino.get(unescape(link.group(1)))) == ["Arki"]
    assert "Arjen kurssit" not in bengt.get(LIST).text


def test_an_action_on_ticked_rows_tells_of_each(school: Flask, aino: Browser) -> None:
    page = aino.get(LIST)
    keys = re.findall(r'name="rowid" value="([^"]+)"', page.text)
    assert len(keys) == 4 and 'name="action" value="fill">Merkitse täyteen<' in page.text
    aino.post("/courses/action_post", action="fill", rowid=keys[:1])
    aino.get(LIST)
    told = aino.post("/courses/action_post", action="fill", rowid=keys)
    assert told.text.count("On nyt täynnä.") == 3 and told.text.count("Oli jo täynnä.") == 1 and events(school, keys[3]) == ["course:filled"]
    assert Browser(school).sign_in("pekka").client.get(LIST).status_code == 403


def test_an_export_holds_the_narrowed_list_in_its_order(aino: Browser, bengt: Browser) -> None:
    aino.get(LIST)
    assert aino.post("/courses/export", form="csv").status_code == 403 and "/courses/export" not in aino.get(LIST).text
    bengt.get(f"{LIST}?f.language=fi&order=name&direction=desc")
    rows = bengt.post("/courses/export?f.language=fi&order=name&direction=desc", form="csv").data.decode("utf-8-sig").splitlines()
    assert rows[0] == "Namn;Språk;Börjar;Platser;Läroanstalt" and [row.split(";")[0] for row in rows[1:]] == ["Työ", "Etä", "Arki"]
    bengt.get(LIST)
    sheet = ZipFile(BytesIO(bengt.post("/courses/export", form="xlsx").data)).read("xl/worksheets/sheet1.xml").decode()
    assert re.search(r'<c r="D\d"><v>30</v>', sheet)


def test_the_entry_has_tabs_and_is_deleted_after_a_question(school: Flask, aino: Browser) -> None:
    key = added(aino, lessons="0", **lesson(0, "Sanat", 2))
    page = aino.get(f"/courses/show/{key}?tab=lessons").text
    tabs = re.search(r'<nav class="tabs".*?</nav>', page, re.S)
    assert tabs and re.findall(r'<a href="([^"]+)"( aria-current="page")?>([^<]+)', tabs.group(0)) == [
        (f"/courses/show/{key}", "", "Opetus"), (f"/courses/show/{key}?tab=place", "", "Paikka"),
        (f"/courses/show/{key}?tab=lessons", ' aria-current="page"', "Oppitunnit"),
    ]  # fmt: skip
    assert "Sanat" in page and aino.get(f"/courses/show/{key}?tab=x").status_code == 404
    assert re.search(r'<details class="confirm">.*?action="/courses/delete/[^"]+".*?Poistetaanko tiedot pysyvästi\?.*?Kyllä: Poista', page, re.S)
    aino.get(f"/courses/show/{key}")
    assert aino.get(aino.post(f"/courses/delete/{key}").headers["Location"]).text.count("message-danger") == 1
    aino.post(f"/lessons/delete/{key_of(school, Lesson, course_id=key)}")
    aino.get(f"/courses/show/{key}")
    assert aino.post(f"/courses/delete/{key}").headers["Location"] == LIST and courses(school, "Suomi 1") == []
    assert events(school, key)[-1] == "course:deleted"


def test_roles_are_told_in_sentences(school: Flask) -> None:
    eeva = Browser(school).sign_in("eeva")
    told = re.search(r"<dt>Kurssit</dt><dd>([^<]+)", eeva.get("/roles/show/CASEWORKER").text)
    assert told and told.group(1) == "katsoa luetteloa, avata tiedon, hakea, lisätä, muokata, poistaa ja merkitä täyteen"
    table = re.search(r'<h2[^>]*>Kurssit</h2>\s*<div class="table-scroll">\s*(<table.*?</table>)', eeva.get("/roles/list/").text, re.S)
    assert table
    rows = {row.cells[0]: row.cells[1:] for row in Page(table.group(1)).rows}
    assert [cell.strip("✓ ") for cell in rows["merkitä täyteen"]] == ["Kyllä", "Kyllä", *["Ei"] * (len(ROLES) - 2)]
    assert "viedä luettelon tiedostoon" in rows and "fill" not in rows


def test_the_api_reads_and_writes_by_the_same_forms(school: Flask, aino: Browser) -> None:
    token = re.search(r'name="csrf-token" content="([^"]+)"', aino.get(LIST).text)
    assert token

    def api(method: str, path: str, body: Any = None) -> Any:
        return aino.client.open(f"/api/v1/courses/{path}", method=method, json=body, headers={"X-CSRFToken": token.group(1)})

    assert [row["name"] for row in api("GET", "?f.language=fi&psize=2").json["result"]] == ["Arki", "Etä"]
    refused = api("POST", "", {"name": "x"})
    assert refused.status_code == 422 and set(refused.json["errors"]) == {"language", "starts_on"}
    made = api("POST", "", {"name": "Kone", "language": "fi", "starts_on": "2026-11-02", "price": 12.5, "is_remote": True})
    assert made.status_code == 201
    row = api("GET", made.json["id"]).json
    assert row["price"] == "12.50" and row["starts_on"] == "2026-11-02" and row["is_remote"] is True
    assert api("PUT", made.json["id"], {"seats": 3, "version": 1}).status_code == 200 and api("PUT", made.json["id"], {"seats": 4, "version": 1}).status_code == 409
    assert api("DELETE", made.json["id"]).status_code == 204 and courses(school, "Kone") == []


def test_pages_cost_few_statements_however_many_rows(school: Flask, aino: Browser) -> None:
    key = added(aino, school_id_text="pohjoinen", lessons=[str(at) for at in range(20)], **{name: value for at in range(20) for name, value in lesson(at, f"Aihe {at}", 1).items()})
    with school.app_context(), system_scope():
        place = db.session.scalar(select(School.id))
        db.session.add_all([Course(name=f"Kurssi {at}", org_id="x", language="fi", starts_on=date(2026, 10, 5), school_id=place) for at in range(120)])
        db.session.commit()
    for path in (f"{LIST}?psize=100", f"{LIST}?psize=1&f.name=k&f.school_id={place}&f.seats.to=99&f.worker_id=me"):
        with counted_statements(school) as statements:
            assert aino.get(path).status_code == 200
        assert 0 < len(statements) <= 8, statements
    for tab in ("course", "place", "lessons"):
        with counted_statements(school) as statements:
            assert aino.get(f"/courses/show/{key}?tab={tab}").status_code == 200
        assert 0 < len(statements) <= 15, statements
