"""Every page has its chapter in both languages, the search finds it, and the link of the header opens it."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from app.access.roles import ROLES
from app.help.chapters import chapter_of_package, chapters, found_by
from app.help.marks import Block, blocks
from app.web.functions import package_of_endpoint
from tests.guide_pictures import LARGEST, OUT, PICTURES
from tests.support.app import Browser

# Routes that answer no page: files, machines, and the language switch, which leads on.
NO_PAGE = {"static", "appbuilder.static", "health.healthz", "health.readyz"}


def test_every_page_has_a_chapter_that_exists_in_both_languages(sqlite_app: Flask) -> None:
    pages = {rule.endpoint for rule in sqlite_app.url_map.iter_rules()} - NO_PAGE
    assert len(pages) > 200
    without = {endpoint for endpoint in pages if chapter_of_package(package_of_endpoint(endpoint, sqlite_app)) is None}
    assert without == set()
    for key, chapter in chapters().items():
        fi, sv = chapter.texts["fi"], chapter.texts["sv"]
        assert len(fi.parts) == len(sv.parts) > 0, key
        assert [[block.kind for block in part.blocks] for part in fi.parts] == [[block.kind for block in part.blocks] for part in sv.parts], key
        assert [[len(block.texts) for block in part.blocks] for part in fi.parts] == [[len(block.texts) for block in part.blocks] for part in sv.parts], key


def test_a_package_has_one_chapter_and_a_role_of_a_chapter_exists() -> None:
    packages = [package for chapter in chapters().values() for package in chapter.packages]
    assert len(packages) == len(set(packages))
    assert {role for chapter in chapters().values() for role in chapter.roles} <= set(ROLES)


def test_marks_are_read_as_paragraphs_lists_and_steps() -> None:
    assert blocks("Eka.\n- a\n- b\n\n1. yksi\n2. kaksi\nVuonna 2026. Loppu") == (
        Block("p", ("Eka.",)), Block("ul", ("a", "b")), Block("ol", ("yksi", "kaksi")), Block("p", ("Vuonna 2026. Loppu",)),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "language", "first"),
    [("kotoutumissuunnitelma", "fi", "plans"), ("MÄÄRÄAJAT", "fi", "limits"), ("maaraajat", "fi", "limits"), ("översyn", "sv", "reviews"), ("oversyn", "sv", "reviews"),
     ("hyvinvointialue kutsu", "fi", "county")],
)  # fmt: skip
def test_the_search_folds_accents_and_puts_headings_first(words: str, language: str, first: str) -> None:
    assert found_by(words, language)[0].key == first


def test_nothing_is_found_by_nothing_and_by_words_of_the_other_language() -> None:
    assert found_by("", "fi") == [] == found_by("   ", "fi") == found_by("tidsfrister", "fi")


@pytest.mark.parametrize(("path", "key"), [("/plans/list/", "plans"), ("/", "start"), ("/my-settings/", "signing-in"), ("/organisations/list/", "organisations"), ("/clients/add", "clients")])
def test_the_header_opens_the_chapter_of_the_page(sqlite_app: Flask, path: str, key: str) -> None:
    page = Browser(sqlite_app).sign_in("aino").get(path).text
    found = re.search(r'class="help-link"><a href="([^"]+)">Ohje<', page)
    assert found and found.group(1) == f"/help/{key}"


def test_everybody_reads_it_before_signing_in_in_both_languages(sqlite_app: Flask) -> None:
    for language, word in (("fi", "Kirjautuminen"), ("sv", "Inloggning")):
        reader = sqlite_app.test_client()
        for key in chapters():
            assert reader.get(f"/help/{key}", headers={"Accept-Language": language}).status_code == 200
        assert word in reader.get("/help/signing-in", headers={"Accept-Language": language}).text
    assert reader.get("/help/nothing").status_code == 404


def test_the_search_page_tells_what_it_found_and_keeps_words_out_of_the_address(sqlite_app: Flask) -> None:
    aino = Browser(sqlite_app).sign_in("aino")
    aino.get("/help/")
    page = aino.post("/help/", q="poissaolo")
    assert page.status_code == 200 and "/help/queue" in page.text and 'value="poissaolo"' in page.text
    page = aino.post("/help/", q="<b>xyz</b>")
    assert "0 lukua löytyi" in page.text and "&lt;b&gt;xyz" in page.text


def test_chapters_of_the_readers_role_stand_first(sqlite_app: Flask) -> None:
    page = Browser(sqlite_app).sign_in("eeva").get("/help/").text
    assert page.index("/help/rights") < page.index("Muut luvut") < page.index("/help/plans")


def test_a_picture_is_there_in_both_languages_small_and_with_its_text(sqlite_app: Flask) -> None:
    pictured = [key for key, chapter in chapters().items() if chapter.texts["fi"].picture]
    assert pictured and set(pictured) == set(PICTURES)
    for key in pictured:
        for language, text in chapters()[key].texts.items():
            picture = OUT / f"{key}-{language}.png"
            assert text.picture and picture.stat().st_size <= LARGEST
            page = sqlite_app.test_client().get(f"/help/{key}", headers={"Accept-Language": language}).text
            assert f'alt="{text.picture}"' in page and f"/static/guide/{key}-{language}.png" in page
