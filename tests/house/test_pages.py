"""Invariants of every page the application has: language, one heading, labels, strict headers, no text of another language."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from flask import Flask, abort

from app.codes.lists import values
from app.demo.accounts import CAST
from app.web import errors
from tests.house.conftest import LANGUAGES
from tests.support.crawler import Crawled, Met
from tests.support.markup import Element, read
from tests.support.page import Page, faults
from tests.support.tour import people_in
from tests.support.words import SHARED, judge, wrong_language

# One person of each role in each kind of organisation, and who has not signed in.
PEOPLE = (*{row[3:5]: row[0] for row in reversed(CAST)}.values(), None)
# Routes that show nobody a page, beside those for programs under /api: machines', the language switch, files we do not keep, reference data nobody edits here,
# results that come with their review, the PDF, the second step that demo accounts are not asked for.
NO_PAGE = {"static", "appbuilder.static", "health.healthz", "health.readyz", "metrics.told", "switch_language",
           "OrganisationView.add", "OrganisationView.edit", "AccessGrantView.add", "AccessGrantView.edit", "LogFindingView.add", "LogFindingView.edit", "RightApplicationView.add", "RightApplicationView.edit", "RightOpeningView.add", "RightOpeningView.edit", "ReviewedGoalView.add",
           "AddOnTokenView.add", "AddOnTokenView.edit", "AddOnDecisionView.add", "AddOnDecisionView.edit",
           "DirectoryStatusView.show", "DirectoryStatusView.add", "DirectoryStatusView.edit", "CountyStatementView.edit", "ParticipationView.add", "ParticipationView.edit",
           "ClientMergeView.add", "ClientMergeView.edit", "DuplicateCaseView.add", "DuplicateCaseView.edit",
           "WorkQueueView.add", "WorkQueueView.edit", "ObligationView.add", "ObligationView.edit", "my_calendar.feed",
           "ServiceParticipationView.add", "ServiceInterruptionView.add",
           "TransferView.add", "TransferView.edit", "TransferEscalationView.show", "TransferEscalationView.add", "TransferEscalationView.edit", "ResponsibilityPeriodView.add", "ResponsibilityPeriodView.edit",
           "PlanVersionView.add", "PlanVersionView.edit", "PlanVersionView.pdf",
           "SpecificationView.file", "ImportCertificateView.file", "RolloutView.file", "TrainingPlaceView.file",
           # Of a place, which nobody has outside the training environment; of a value that has ended.
           "TrainingPlaceView.reset", "TrainingCourseView.reset", "CodeListView.renew", "RolloutStepView.add",
           "ImportFileView.list", "ImportSheetView.list", "ImportFileView.add", "ImportFileView.edit", "ImportSheetView.show", "ImportSheetView.add",
           # Leads on; told to a script; files.
           "ImportWorkView.show", "ImportWorkView.state", "ImportFindingView.add", "ImportFindingView.edit", "ImportFindingView.returned",
           "ImportUndoView.show", "ImportUndoView.add", "ImportUndoView.edit",
           "OrganisationCareView.edit", "CodeListView.add", "CodeListView.edit", "OrganisationUseView.show", "OrganisationUseView.add", "OrganisationUseView.edit",
           "SettingsView.list", "SettingsView.add", "SettingsView.edit",
           "PlanView.pdf", "LogView.pdf", "second_step.page", "public_figures.choose"}  # fmt: skip


def in_body(text: str) -> Page:
    return Page(f'<html lang="fi"><title>Asiakkaat – Koto-digi</title><body>{text}</body></html>')


def test_the_check_of_invariants_can_fail() -> None:
    bad = '<html lang="en"><title> – Koto-digi</title><h1>a</h1><h1>b</h1><p id="a" style="x">b: None</p><input id="a"><script src="//x.fi/a.js"></script></html>'
    assert set(faults(Page(bad), "fi")) == {"inline: p", "foreign origin", "lang", "h1", "ids", "label: a", "title", "none: b: None"}


@pytest.mark.parametrize(
    "bad",
    [
        "<p>Save</p>", "<p>Integration plans</p>", "<p>17 entries</p>", "<p>Muokkaa and tallenna</p>", "<option>interview booked</option>",
        "<option>Ukraine</option>", '<a title="Edit">Muokkaa</a>', '<nav aria-label="Language"></nav>', '<input placeholder="Search">',
        '<img alt="Client">', '<td data-label="Stage">1</td>', '<input type="submit" value="Sign out">', "<br><b>Tietue</b> Delete <br>",
        "<p>Spara</p>", "<option>utkast</option>", "<option>Borgå</option>", "<p>17 rader</p>", '<nav aria-label="Språk"></nav>',
        '<p lang="sv">Tallenna</p>', '<div lang="sv"><p>Spara</p></div><p>Spara</p>',
    ],
)  # fmt: skip
def test_the_check_of_language_can_fail(bad: str) -> None:
    assert list(wrong_language(in_body(bad).texts)), bad


@pytest.mark.parametrize(
    "good",
    [
        "<p>Tallenna</p>", "<p>17 riviä</p>", "<option>Ukraina</option>", '<div lang="sv"><p><input><br>Spara</p></div>', "<option>Porvoo</option>",
        '<button value="add">Tallenna</button>', '<input type="hidden" value="Save">', "<script>Save</script>", '<a data-url="/add">Muokkaa</a>',
    ],
)  # fmt: skip
def test_a_page_in_its_own_language_passes(good: str) -> None:
    assert list(wrong_language(in_body(good).texts)) == []


def test_what_a_person_typed_is_excused_but_no_name_in_the_other_language() -> None:
    texts = in_body('<p lang="sv">VANTAA</p>').texts
    assert list(wrong_language(texts)) and list(wrong_language(texts, {"VANTAA"})) == []
    assert list(wrong_language(in_body('<p lang="sv">Vantaa</p>').texts, {"Vantaa"}))


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_excused_from_the_check_are_words_of_both_languages(language: str) -> None:
    assert judge(language).suspects & judge(language).words & SHARED[language] == SHARED[language]


class Reference(HTMLParser):
    """What Python's own parser reads: start tags, end tags and texts in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.parts: list[Any] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        self.parts.append((tag,))

    def handle_data(self, data: str) -> None:
        # It gives a text with a "<" of its own in pieces.
        if self.parts and isinstance(self.parts[-1], str):
            data = self.parts.pop() + data
        self.parts.append(data)


def parts_of(text: str) -> list[Any]:
    return [(part.tag, part.values) if isinstance(part, Element) else part for part in read(text)]


@pytest.mark.parametrize(
    "text",
    [
        "<!doctype html><!-- <p>a</p> --><P Class=A hidden data-x='1 > 0' title=\"b &amp; c\">1 &lt; 2 < 3 &euro;</P>", "<br/><hr /><input value=''>a",
        "<script>if (a < b) { '<p>'; '</i>' }</script><style>p > a { }</style>", "<p>a</p\n>b<a\nhref='/'\n>c", "&nbsp;<b>&amp;amp;</b>", "", "a",
    ],
)  # fmt: skip
def test_markup_is_read_as_pythons_own_parser_reads_it(text: str) -> None:
    assert parts_of(text) == Reference(text).parts


def test_pages_are_read_as_pythons_own_parser_reads_them(crawled: Crawled) -> None:
    pages = {(met.template, met.status): met.text for met in crawled("aino", "fi") if met.is_page}
    assert len(pages) > 20
    for text in pages.values():
        assert parts_of(text) == Reference(text).parts


@pytest.mark.parametrize(("person", "language"), [(person, language) for language in LANGUAGES for person in people_in(language, PEOPLE)])
def test_every_page_keeps_the_invariants(crawled: Crawled, typed: frozenset[str], person: str | None, language: str) -> None:
    found = []
    for met in crawled(person, language):
        headers = met.headers
        policy = headers["Content-Security-Policy"]
        assert met.status < 500, met.path
        assert "default-src 'none'" in policy and "unsafe" not in policy
        assert headers["Cache-Control"] == "no-store"
        if met.is_page:
            found += [(met.method, met.path, fault) for fault in faults(met.page, language)]
            found += [(met.method, met.path, fault) for fault in wrong_language(met.page.texts, typed)]
    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_crawl_meets_every_route(sqlite_app: Flask, crawled: Crawled, language: str) -> None:
    people = people_in(language, PEOPLE)
    shown = {met.endpoint for person in people for met in crawled(person, language) if met.method == "GET" and met.status == 200 and met.is_page}
    routes = {rule.endpoint for rule in sqlite_app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    missed = routes - shown - {rule.endpoint for rule in sqlite_app.url_map.iter_rules() if rule.rule.startswith("/api/")}
    assert {name for name in missed if not name.endswith((".download", ".history", ".restore"))} == NO_PAGE
    # Every view of records has the same pages of history; one of a kind stands for all where a version must be restored.
    assert {f"{type(view).__name__}.history" for view in sqlite_app.appbuilder.baseviews if "can_history" in (view.base_permissions or ())} <= shown  # type: ignore[attr-defined]
    assert any(name.endswith(".restore") for name in shown)
    assert all(met.status in (302, 403, 404) for person in people for met in crawled(person, language) if met.endpoint.endswith(".download"))


def changing(pages: list[Met]) -> set[str]:
    return {met.endpoint for met in pages if met.method == "POST"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_crawl_meets_refusals_results_and_every_status(crawled: Crawled, language: str) -> None:
    pages = crawled("bengt", language)
    assert {met.status for met in pages} >= {200, 303, 400, 403, 404, 409, 422}
    assert changing(pages) >= {"ClientView.search", "ClientView.identity_code", "PlanView.agree", "AssessmentView.complete", "NoteView.delete"}
    for endpoint, codes in (("PlanView.show", "PLAN_STATUS"), ("AssessmentView.show", "ASSESSMENT_STATUS")):
        texts = {text.text for met in pages if met.endpoint == endpoint and met.is_page for text in met.page.texts}
        assert {value.label_in(language) for value in values(codes)} <= texts


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", sorted(errors._TEXTS))
def test_every_error_page_keeps_the_invariants(sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch, code: int, language: str) -> None:
    def refuse() -> Any:
        abort(code)

    monkeypatch.setitem(sqlite_app.view_functions, "health.healthz", refuse)
    answer = sqlite_app.test_client().get("/healthz", headers={"Accept-Language": language})
    assert answer.status_code == code
    page = Page(answer.text)
    assert faults(page, language) == [] and list(wrong_language(page.texts)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refused_sign_in_keeps_the_invariants(sqlite_app: Flask, language: str) -> None:
    client = sqlite_app.test_client()
    token = Page(client.get("/login/", headers={"Accept-Language": language}).text).forms[-1].hidden["csrf_token"]
    fields = {"csrf_token": token, "username": "nobody", "password": "nothing"}
    answer = client.post("/login/", data=fields, headers={"Accept-Language": language})
    assert answer.status_code == 401
    page = Page(answer.text)
    assert faults(page, language) == [] and list(wrong_language(page.texts)) == []
