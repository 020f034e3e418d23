"""A finding from the rule to the decision: who sees it when, what each step writes and tells, and what is refused."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import select

from app.audit.models import AuditEvent
from app.examinations.models import LogFindingEvent
from app.mail.models import OutgoingMail
from tests.examinations.conftest import AGENCY, PORVOO, VANTAA, World
from tests.support.app import Browser, counted_statements
from tests.support.form import typed

WHY = "Mihin työtehtävään katselu liittyi?"
SV = "Jag vikarierade för den ansvariga medarbetaren."


def ask(browser: Browser, key: str, **changes: str) -> Any:
    path = f"/log-findings/ask/{key}"
    return browser.client.post(path, data=typed(browser.get(path), **{"question": WHY, **changes}))


def decide(browser: Browser, key: str, outcome: str, reason: str = "Selvitys riittää.") -> Any:
    path = f"/log-findings/decide/{key}"
    return browser.client.post(path, data=typed(browser.get(path), outcome=outcome, reason=reason))


def events_of(world: World, key: str) -> list[str]:
    with world.session() as session:
        return list(session.scalars(select(AuditEvent.name).where(AuditEvent.row_id == key, AuditEvent.outcome == "DONE").order_by(AuditEvent.at)))


def letters(world: World, username: str) -> list[tuple[str, str | None, str | None]]:
    with world.session() as session:
        found = session.scalars(select(OutgoingMail).where(OutgoingMail.user_id == world.people[username]).order_by(OutgoingMail.queued_at))
        return [(mail.kind, mail.subject, mail.body) for mail in found]


def test_from_the_rule_to_the_decision(world: World) -> None:
    key = world.finding("outi")
    lotta, outi = world.browser("lotta"), world.browser("outi")
    before = len(letters(world, "outi"))
    assert "/my-explanations/" not in outi.get("/").text and key not in outi.get("/my-explanations/").text
    assert outi.get(f"/my-explanations/show/{key}").status_code == 404, "nobody sees a finding before they are asked"
    page = lotta.get(f"/log-findings/show/{key}").text
    assert "Öhström, Outi" in page and "turvakielto" in page and world.clients[0] in page
    assert ask(lotta, key).status_code == 303
    kind, subject, body = letters(world, "outi")[before]
    assert kind == "FINDING_ASKED" and subject and "Du ombes" in subject and body and f"/my-explanations/show/{key}" in body
    assert world.clients[0] not in body and "Lotta" not in body and WHY not in body

    home = outi.get("/").text
    assert "/my-explanations/" in home and "1 begäran om redogörelse" in home
    page = outi.get(f"/my-explanations/show/{key}").text
    assert WHY in page and "10.00" in page and "Kunden har spärrmarkering." in page and "Lotta" not in page
    outi.get(f"/my-explanations/answer/{key}")
    assert outi.post(f"/my-explanations/answer/{key}", explanation=SV).status_code == 303
    assert letters(world, "lotta")[-1][0] == "FINDING_EXPLAINED"

    assert SV in lotta.get(f"/log-findings/show/{key}").text
    assert decide(lotta, key, "MEASURES").status_code == 303
    row = world.row(key)
    assert (row.state, row.outcome, row.explanation, row.examiner_id) == ("DECIDED", "MEASURES", SV, world.people["lotta"])
    assert letters(world, "outi")[-1][0] == "FINDING_DECIDED"
    page = outi.get(f"/my-explanations/show/{key}").text
    assert "befogad, leder till åtgärder" in page and "Selvitys riittää" not in page and "/answer/" not in page
    with world.session() as session:
        history = list(session.scalars(select(LogFindingEvent.what).where(LogFindingEvent.finding_id == key).order_by(LogFindingEvent.at)))
    assert history == ["FOUND", "ASKED", "EXPLAINED", "DECIDED"]
    told = events_of(world, key)
    for name in ("finding:read", "finding:explanation_asked", "finding:own_read", "finding:explained", "finding:decided"):
        assert name in told, name


def test_texts_are_not_readable_at_rest(world: World) -> None:
    key = world.finding("outi")
    ask(world.browser("lotta"), key)
    with world.session() as session:
        raw = session.connection().exec_driver_sql(f"SELECT question FROM log_finding WHERE id = '{key}'").scalar_one()
    assert WHY.encode() not in bytes(raw)


def test_nobody_examines_their_own_reading(world: World) -> None:
    key = world.finding("bengt")
    bengt = world.browser("bengt")
    assert key not in bengt.get("/log-findings/list/").text
    for path in (f"/log-findings/show/{key}", f"/log-findings/ask/{key}", f"/log-findings/decide/{key}"):
        assert bengt.get(path).status_code == 404, path
    assert bengt.post(f"/log-findings/examine/{key}").status_code == 404
    bengt.get("/log-findings/list/")
    assert bengt.post("/log-findings/action_post", rowid=key, action="take_findings").status_code == 404
    ask(world.browser("lotta"), key)
    assert bengt.get(f"/log-findings/show/{key}").status_code == 404 and bengt.get(f"/my-explanations/show/{key}").status_code == 200


def test_a_foreign_organisation_and_wrong_roles_are_refused(world: World) -> None:
    key = world.finding("outi")
    with world.session():
        rule = world.row(key).rule_id
    petra, aino, eeva = (world.browser(name) for name in ("petra", "aino", "eeva"))
    assert key not in petra.get("/log-findings/list/").text
    for path in (f"/log-findings/show/{key}", f"/log-findings/ask/{key}", f"/log-findings/decide/{key}", f"/log-rules/show/{rule}", f"/log-rules/edit/{rule}"):
        assert petra.get(path).status_code == 404, path
        for browser in (aino, eeva):
            assert browser.get(path).status_code == 403, path
    petra.get("/")
    for path in (f"/log-findings/examine/{key}", f"/log-findings/report/{key}", f"/my-explanations/answer/{key}"):
        assert petra.post(path, explanation="x").status_code == 404, path
        petra.get("/")
    assert world.browser("bengt").get("/log-rules/list/").status_code == 403
    ask(world.browser("lotta"), key)
    for browser in (aino, petra, world.browser("lotta")):
        assert browser.get(f"/my-explanations/show/{key}").status_code == 404, "one's own only"


@pytest.mark.parametrize(("user", "sentence"), [("lotta", "Käyttäjää on ensin kuultava"), ("bengt", "Användaren ska först höras")])
def test_bad_input_is_explained(world: World, user: str, sentence: str) -> None:
    key = world.finding("outi")
    browser = world.browser(user)
    refused = decide(browser, key, "FOUNDED")
    assert refused.status_code == 422 and sentence in refused.text
    assert decide(browser, key, "", "").text.count('aria-invalid="true"') == 2
    past = ask(browser, key, due_on=(date.today() - timedelta(days=1)).isoformat())
    assert past.status_code == 422 and {"lotta": "Anna tämä tai", "bengt": "Ange denna dag"}[user] in past.text
    assert ask(browser, key, question="  ").status_code == 422
    assert ask(browser, key, question="x" * 2001).status_code == 422
    assert world.row(key).state == "NEW"
    assert ask(browser, key).status_code == 303
    outi = world.browser("outi")
    outi.get(f"/my-explanations/answer/{key}")
    for text in ("", "x" * 2001):
        answer = outi.post(f"/my-explanations/answer/{key}", explanation=text)
        assert answer.status_code == 422 and 'aria-invalid="true"' in answer.text
    assert decide(browser, key, "MEASURES").status_code == 422, "the time to explain has not passed"
    assert decide(browser, key, "UNFOUNDED").status_code == 303
    late = outi.client.get(f"/my-explanations/answer/{key}")
    assert late.status_code == 303 and "redan avslutad" in outi.get(late.location).text


def test_of_two_examiners_the_later_is_told(world: World) -> None:
    key = world.finding("outi")
    lotta, leo = world.browser("lotta"), world.browser("leo")
    path = f"/log-findings/decide/{key}"
    forms = [typed(browser.get(path), outcome="UNFOUNDED", reason=name) for browser, name in ((lotta, "L"), (leo, "M"))]
    assert lotta.client.post(path, data=forms[0]).status_code == 303
    assert leo.client.post(path, data=forms[1]).status_code == 303
    assert "Joku muu on sillä välin käsitellyt" in leo.get(f"/log-findings/show/{key}").text
    assert world.row(key).reason == "L"
    again = lotta.client.post(path, data=forms[0])
    assert again.status_code == 303 and "Joku muu" not in lotta.get(f"/log-findings/show/{key}").text, "the same form sent twice is one decision"


@pytest.mark.parametrize("act", ["ask", "decide"])
def test_what_was_done_meanwhile_is_seen_before_one_acts(world: World, act: str) -> None:
    key = world.finding("outi")
    lotta, leo = world.browser("lotta"), world.browser("leo")
    path = f"/log-findings/{act}/{key}"
    form = typed(leo.get(path), outcome="UNFOUNDED", reason="Vanha tieto", question=WHY)
    lotta.get(f"/log-findings/show/{key}")
    assert lotta.post(f"/log-findings/examine/{key}").status_code == 303
    assert leo.client.post(path, data=form).status_code == 303
    assert "Joku muu on sillä välin käsitellyt" in leo.get(f"/log-findings/show/{key}").text
    assert (world.row(key).state, world.row(key).examiner_id) == ("EXAMINED", world.people["lotta"])


def test_at_the_same_moment_one_decides(world: World) -> None:
    lotta, leo = world.browser("lotta"), world.browser("leo")
    for _round in range(4):
        key = world.finding("outi")
        path, together = f"/log-findings/decide/{key}", Barrier(2)
        forms = [(browser, typed(browser.get(path), outcome="UNFOUNDED", reason=name)) for browser, name in ((lotta, "L"), (leo, "M"))]

        def send(pair: tuple[Browser, Any], path: str = path, together: Barrier = together) -> int:
            together.wait()
            return int(pair[0].client.post(path, data=pair[1]).status_code)

        with ThreadPoolExecutor(2) as pool:
            answers = list(pool.map(send, forms))
        assert set(answers) <= {303, 503} and 303 in answers
        assert events_of(world, key).count("finding:decided") == 1 and world.row(key).version == 2


def test_the_agency_reports_and_the_municipality_examines(world: World) -> None:
    key = world.finding("outi", organisation=AGENCY, owner="rolf")
    rolf, petra, lotta = world.browser("rolf"), world.browser("petra"), world.browser("lotta")
    assert lotta.get(f"/log-findings/show/{key}").status_code == 404
    assert "/log-findings/report/" in rolf.get(f"/log-findings/show/{key}").text
    assert rolf.post(f"/log-findings/report/{key}").status_code == 303
    row = world.row(key)
    assert (row.org_id, row.reported_by_id, row.state) == (VANTAA, AGENCY, "NEW") and "finding:reported" in events_of(world, key)
    page = rolf.get(f"/log-findings/show/{key}")
    assert page.status_code == 200 and "/log-findings/decide/" not in page.text and "/log-findings/report/" not in page.text
    assert rolf.get(f"/log-findings/decide/{key}").status_code == 409
    assert petra.get(f"/log-findings/show/{key}").status_code == 404
    assert letters(world, "lotta")[-1][0] == letters(world, "bengt")[-1][0] == "FINDING_REPORTED"
    assert "Työllisyys-, kehittämis- ja hallintokeskus" in lotta.get(f"/log-findings/show/{key}").text
    assert decide(lotta, key, "UNFOUNDED").status_code == 303


def test_a_municipality_reports_to_nobody(world: World) -> None:
    with world.session():
        assert world.foreign
    day = world.day()
    rule = world.rule("NIGHT", from_hour=6, to_hour=20)
    world.read("outi", world.foreign, day, "23:00")
    world.run(day + timedelta(days=1))
    lotta = world.browser("lotta")
    key = lotta.get("/log-findings/list/?f.kind=NIGHT&f.state=NEW").text.split("/log-findings/show/")[1][:36]
    assert (world.row(key).rule_id, world.row(key).concerns_id) == (rule, PORVOO)
    assert "/log-findings/report/" not in lotta.get(f"/log-findings/show/{key}").text
    assert lotta.post(f"/log-findings/report/{key}").status_code == 303 and world.row(key).org_id == VANTAA


def test_ticked_findings_are_taken_and_the_front_page_counts(world: World) -> None:
    keys = [world.finding("outi") for _number in range(2)]
    lotta = world.browser("lotta")
    lotta.get("/log-findings/list/")
    page = lotta.post("/log-findings/action_post", rowid=keys, action="take_findings")
    assert page.status_code == 200 and page.text.count("Tutkit tätä nyt.") == 2
    assert {world.row(key).state for key in keys} == {"EXAMINED"}
    lotta.get("/log-findings/list/")
    assert lotta.post("/log-findings/action_post", rowid=keys, action="take_findings").text.count("Tutkit tätä jo ennestään.") == 2
    assert "Havaintoja odottaa" in lotta.get("/").text and "Havaintoja odottaa" not in world.browser("aino").get("/").text


def test_findings_are_narrowed_by_an_examiner_of_the_own_organisation(world: World) -> None:
    key, lotta, leo = world.finding("outi"), world.browser("lotta"), world.browser("leo")
    leo.get(f"/log-findings/show/{key}")
    leo.post(f"/log-findings/examine/{key}")
    path = "/log-findings/list/?f.examiner_id="
    assert key in lotta.get(f"{path}{world.people['leo']}").text and key not in lotta.get(f"{path}me").text
    assert lotta.get(f"{path}{world.people['cecilia']}").status_code == 400, "no name is told by trying keys"


def test_pages_keep_their_budgets(world: World) -> None:
    keys, lotta = [world.finding("outi") for _number in range(2)], world.browser("lotta")
    for path, most in (("/log-findings/list/", 8), (f"/log-findings/show/{keys[0]}", 15), ("/log-rules/list/", 8), (f"/log-rules/show/{world.row(keys[0]).rule_id}", 15)):
        with counted_statements(world.app) as sent:
            assert lotta.get(path).status_code == 200
        assert 0 < len(sent) <= most, (path, sent)


def test_a_rule_is_made_checked_and_told_how_often_it_is_wrong(world: World) -> None:
    lotta = world.browser("lotta")
    form = typed(lotta.get("/log-rules/add"), kind="NIGHT", owner_id_text="Laakso Lotta", from_hour="20", to_hour="6", look_back_days="7")
    refused = lotta.client.post("/log-rules/add", data=form)
    assert refused.status_code == 422 and "Työaika päättyy ennen kuin se alkaa." in refused.text
    made = lotta.client.post("/log-rules/add", data=typed(refused, from_hour="6", to_hour="20"))
    assert made.status_code == 303
    page = lotta.get(made.location).text
    assert "Mitään ei ole vielä ratkaistu." in page and "Käyty läpi" in page
    decided = world.finding("outi")
    rule = world.row(decided).rule_id
    decide(lotta, decided, "UNFOUNDED")
    assert "100 %" in lotta.get(f"/log-rules/show/{rule}").text
