"""The form of a new entity, with the rows under it, comes of its declarations (`tests/support/school.py`)."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import select

from app.access.actor import system_scope
from app.db.base import db
from tests.support.app import Browser, counted_statements
from tests.support.form import Form, typed
from tests.support.page import Page
from tests.support.school import Lesson
from tests.support.school_app import ADD, GOOD, added, courses, events, lesson


@pytest.fixture
def aino(school: Flask) -> Browser:
    return Browser(school).sign_in("aino")


@pytest.fixture
def bengt(school: Flask) -> Browser:
    return Browser(school).sign_in("bengt")


def test_the_form_has_groups_helps_required_words_and_native_fields(aino: Browser) -> None:
    text = aino.get(ADD).text
    assert re.findall(r"<legend><h2>([^<]+)", text) == ["Opetus", "Paikka", "Oppitunnit"]
    assert re.search(r'<p class="help" id="name-help">Kuten se on esitteessä.</p>\s*<input[^>]* aria-describedby="name-help"[^>]* required', text)
    assert "Kirjoita osa oppilaitoksen nimestä." in text and "Kirjoita osa nimestä ja valitse ehdotuksista." in text
    assert re.findall(r"<label for=\"(\w+)\">[^<]*<span class=\"required\">\(pakollinen\)", text) == ["name", "language", "starts_on"]
    assert re.search(r'<select id="language".*?<option value="sv">ruotsi</option>', text, re.S) and re.search(r'<input type="date"[^>]* id="starts_on"', text)
    assert 'data-url="/courses/suggest/school_id"' in text and 'type="checkbox" id="is_remote"' in text
    needs = dict(re.findall(r'<(?:input|select|textarea)\b[^>]* id="([\w-]+)"[^>]* data-needs="([^"]+)"', text))
    assert needs == {"is_recorded": "is_remote", "school_id": "is_remote=", "way": "school_id", "lessons-__row__-language": "lessons-__row__-hours"}


def test_what_was_typed_is_saved_shown_and_edited(school: Flask, aino: Browser) -> None:
    key = added(aino, school_id_text="pohjoinen", way="Bussilla 3", worker_id_text="bengt")
    course = aino.get(f"/courses/show/{key}").text
    assert "<h1>Suomi 1</h1>" in course and "12,5" in course and "5.10.2026" in course and "suomi" in course
    place = aino.get(f"/courses/show/{key}?tab=place").text
    assert "Pohjoinen opisto" in place and "Bussilla 3" in place and "Kyllä" in place
    page = aino.get(f"/courses/edit/{key}")
    assert re.search(r'name="price" value="12,50"', page.text) and 'name="school_id_text" value="Pohjoinen opisto"' in page.text
    assert aino.post(f"/courses/edit/{key}", **typed(page, price="1234.5")).status_code == 303
    assert [str(row.price) for row in courses(school, "Suomi 1")] == ["1234.50"]
    assert events(school, key) == ["course:added", "course:read", "course:read", "course:opened", "course:changed"]


@pytest.mark.parametrize(("who", "title", "number"), [("aino", "Virhe: Lisää kurssi", "luku"), ("bengt", "Fel: Lägg till en kurs", "tal")])
def test_errors_are_listed_with_links_to_their_fields(school: Flask, who: str, title: str, number: str) -> None:
    browser = Browser(school).sign_in(who)
    browser.get(ADD)
    page = browser.post(ADD, **{**GOOD, "name": "", "price": "paljon", "school_id_text": "Tuntematon"})
    assert page.status_code == 422 and Page(page.text).title.startswith(title)
    summary = re.search(r'<div class="error-summary" role="alert".*?</div>', page.text, re.S)
    assert summary
    links = dict(re.findall(r'<a href="#(\w+)">([^<]+)', summary.group(0)))
    assert list(links) == ["name", "price", "school_id"] and number in links["price"]
    assert set(links) <= set(Page(page.text).ids) and page.text.count('aria-invalid="true"') == 3 and 'value="paljon"' in page.text


def test_a_day_that_is_no_date_is_to_be_seen_and_mended(aino: Browser) -> None:
    aino.get(ADD)
    page = aino.post(ADD, **{**GOOD, "starts_on": "5.10.26"})
    assert page.status_code == 422 and re.search(r'<input type="text"[^>]* id="starts_on"[^>]* value="5.10.26"', page.text)
    assert '<input type="date" class="short" id="starts_on" name="starts_on" value=""' in aino.get(ADD).text


def test_suggestions_are_found_by_part_of_the_name(aino: Browser) -> None:
    token = re.search(r'name="csrf-token" content="([^"]+)"', aino.get(ADD).text)
    assert token
    answer = aino.client.post("/courses/suggest/school_id", json={"q": "itä"}, headers={"X-CSRFToken": token.group(1)})
    assert [row["text"] for row in answer.json] == ["Itäkeskuksen koulu", "Itäväylän opisto"]
    for key in ("x", "00000000-0000-4000-8000-000000000000"):
        aino.get(ADD)
        assert aino.post(ADD, **GOOD, school_id=key).status_code == 422


def test_a_draft_is_kept_offered_and_ends_with_the_saving(school: Flask, aino: Browser) -> None:
    token = re.search(r'name="csrf-token" content="([^"]+)"', aino.get(ADD).text)
    assert token
    body = {"place": ADD, "fields": [["name", "Kesken"], ["price", "7,5"]]}
    assert aino.client.post("/drafts/keep", json=body, headers={"X-CSRFToken": token.group(1)}).status_code == 204
    again = Browser(school).sign_in("aino")
    assert re.search(r'<a href="/courses/add">Lisää kurssi, [^<]+</a>', again.page.text)
    page = again.get(ADD)
    assert 'aria-label="Luonnos"' in page.text and 'value="Kesken"' in page.text and 'value="7,5"' in page.text
    assert again.post(ADD, **GOOD).status_code == 303 and 'aria-label="Luonnos"' not in again.get(ADD).text


def test_a_form_sent_twice_makes_one_entry(school: Flask, aino: Browser) -> None:
    fields = {**typed(aino.get(ADD)), **GOOD}
    first, second = aino.client.post(ADD, data=fields), aino.client.post(ADD, data=fields)
    assert first.status_code == second.status_code == 303 and first.headers["Location"] == second.headers["Location"]
    assert len(courses(school, "Suomi 1")) == 1


def test_two_writers_choose_field_by_field(school: Flask, aino: Browser, bengt: Browser) -> None:
    edit = f"/courses/edit/{added(aino)}"
    first, second = aino.get(edit), bengt.get(edit)
    assert aino.post(edit, **typed(first, name="Ainon", price="20")).status_code == 303
    page = bengt.post(edit, **typed(second, name="Bengts", seats="9"))
    assert page.status_code == 409 and "Aino Aarnio sparade" in page.text and "Ainon" in page.text and "Bengts" in page.text
    asked = set(re.findall(r'name="_take\.(\w+)"', page.text))
    assert asked == {"name", "price", "seats"} and re.search(r'kept-lines">12,5<', page.text)
    chosen = {"_take.name": "typed", "_take.price": "saved", "_take.seats": "typed", "_chosen": "y"}
    assert bengt.post(edit, **{**typed(page), **chosen}).status_code == 303
    assert [(row.name, str(row.price), row.seats) for row in courses(school, "Bengts")] == [("Bengts", "20.00", 9)]


def lessons(app: Flask) -> list[tuple[str, int, str | None]]:
    with app.app_context(), system_scope():
        return [(row.subject, row.hours, row.language) for row in db.session.scalars(select(Lesson).order_by(Lesson.created_at))]


@pytest.fixture
def course(aino: Browser) -> tuple[Browser, str]:
    """Aino at the form of a course with two lessons."""
    edit = f"/courses/edit/{added(aino, lessons=['0', '1'], **lesson(0, 'Sanat', 2), **lesson(1, 'Lauseet', 4))}"
    aino.get(edit)
    return aino, edit


def test_rows_are_added_changed_and_removed_with_their_parent(school: Flask, course: tuple[Browser, str]) -> None:
    aino, edit = course
    assert lessons(school) == [("Sanat", 2, "sv"), ("Lauseet", 4, "sv")]
    assert aino.post(edit, **{**typed(aino.page), "lessons": ["0", "1", "2"], **lesson(2, "Äänteet", 3), "lessons-0-_removed": "y"}).status_code == 303
    assert lessons(school) == [("Lauseet", 4, "sv"), ("Äänteet", 3, "sv")]
    assert Form(aino.get(ADD).text).buttons == {"add.lessons": "/courses/add#lessons-0"}


def test_the_rules_of_the_rows_view_hold(course: tuple[Browser, str]) -> None:
    aino, edit = course
    page = aino.post(edit, **{**typed(aino.page), "lessons-1-hours": "9"})
    assert page.status_code == 422 and re.search(r'<a href="#lessons-1-hours">Oppitunti 2 – Tunnit: Päivässä', page.text)


def test_a_row_that_the_database_refuses_is_named(school: Flask, course: tuple[Browser, str]) -> None:
    aino, edit = course
    page = aino.post(edit, **{**typed(aino.page), "lessons-0-hours": "8", "lessons": ["0", "1", "2"], **lesson(2, "Sanat", 3)})
    assert page.status_code == 422 and re.search(r'<a href="#lessons-2">Oppitunti 3: ', page.text)
    assert lessons(school) == [("Sanat", 2, "sv"), ("Lauseet", 4, "sv")]


def test_a_value_that_must_be_unique_is_free_when_its_row_goes(school: Flask, course: tuple[Browser, str]) -> None:
    aino, edit = course
    fields = {**typed(aino.page), "lessons-0-subject": "Lauseet", "lessons-1-_removed": "y"}
    with counted_statements(school) as statements:
        assert aino.post(edit, **fields).status_code == 303
    assert lessons(school) == [("Lauseet", 2, "sv")]
    assert sum("INSERT INTO audit_event " in text for text in statements) == 3


@pytest.mark.parametrize(("who", "sentence"), [("aino", "Lomakkeella näkyvät ensimmäiset 50 riviä."), ("bengt", "I formuläret visas de första 50 raderna.")])
def test_rows_beyond_fifty_are_told_of_and_left_alone(school: Flask, who: str, sentence: str) -> None:
    browser = Browser(school).sign_in(who)
    key = added(browser)
    with school.app_context(), system_scope():
        db.session.add_all([Lesson(course_id=key, subject=f"Aihe {at}", hours=1, org_id="x") for at in range(50)])
        db.session.commit()
    assert sentence not in browser.get(f"/courses/edit/{key}").text and 'value="add.lessons"' not in re.sub(r"<button[^>]* hidden>", "", browser.page.text)
    with school.app_context(), system_scope():
        db.session.add(Lesson(course_id=key, subject="Aihe 50", hours=1, org_id="x"))
        db.session.commit()
    page = browser.get(f"/courses/edit/{key}")
    assert sentence in page.text and f'<a href="/lessons/list/?course={key}">' in page.text
    assert browser.post(f"/courses/edit/{key}", **{**typed(page), "lessons-49-_removed": "y"}).status_code == 303
    assert len(lessons(school)) == 50 and lessons(school)[-1][0] == "Aihe 50"
