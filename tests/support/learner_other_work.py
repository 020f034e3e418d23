"""What the other roles do in each exercise of their paths at the browser; `wrong` does one step otherwise than the task says."""

from __future__ import annotations

from datetime import date, timedelta
from hashlib import md5
from pathlib import Path
from tempfile import TemporaryDirectory

from app.participations.models import Participation
from tests.support.learner import Learner, day
from tests.support.move_at_browser import Move


def _application(t: Learner, place: int) -> None:
    """Open one of the applications that wait, by its place in the list."""
    t.open("/right-applications/list/?f.state=SENT&order=applied_at&direction=desc")
    t.page.locator("main a[href*='/right-applications/show/']").nth(place).click()


def x20(t: Learner, *, wrong: bool) -> None:
    _application(t, -1 if wrong else 0)
    t.follow("/right-applications/grant")
    t.fill(valid_to=day(500 if wrong else 300))
    t.send()


def x21(t: Learner, *, wrong: bool) -> None:
    _application(t, 0 if wrong else -1)
    t.follow("/right-applications/refuse")
    t.fill(decision_reason="Ei käy" if wrong else "Tehtävä ei edellytä asiakkaiden tietoja: luvut saa raporteista.")
    t.send()


def _right(t: Learner, number: int) -> None:
    t.open(f"/user-rights/show/{t.right_of(number)}")


def x22(t: Learner, *, wrong: bool) -> None:
    _right(t, 1 if wrong else 3)
    t.follow("/user-rights/end")
    t.fill(end_reason="TASK_ENDED" if wrong else "LEFT")
    t.send()


def x23(t: Learner, *, wrong: bool) -> None:
    _right(t, 1 if wrong else 3)
    t.follow("/user-rights/shorten")
    t.fill(valid_to=day(90 if wrong else 20))
    t.send()


def x24(t: Learner, *, wrong: bool) -> None:
    name = "Sijainen" if wrong else "Vuorovastaava"
    t.open("/local-roles/choose")
    t.follow("/local-roles/add?base=TEAM_LEAD")
    t.fill(name_fi=name, name_sv=f"{name} sv", reason="Sijaisille", **{"plans.export" if wrong else "clients.export": False})
    t.send()
    if wrong:
        return
    t.follow("/local-roles/give")
    t.page.locator("main form input[type=checkbox]").first.check()
    t.send()
    # Whom it concerns and what they lose is shown before it is so.
    t.send()


def x25(t: Learner, *, wrong: bool) -> None:
    t.open("/log-findings/list/?order=day&direction=asc")
    t.page.locator("main tbody a[href*='/log-findings/show']").nth(0 if wrong else 1).click()
    found = t.page.url
    t.press("/log-findings/examine")
    if not wrong:
        t.page.goto(found)
        t.follow("/log-findings/ask")
        t.fill(question="Mihin työtehtävään katselu liittyi?")
        t.send()
    t.page.goto(found)
    t.follow("/log-findings/decide")
    t.fill(outcome="UNFOUNDED", reason="Katselu liittyi asiakkaan arviointiin.")
    t.send()


def x26(t: Learner, *, wrong: bool) -> None:
    t.open("/log-rules/add")
    t.fill(kind="SAMPLE_READERS", sample_size="2", days="7", look_back_days="30", is_active=not wrong, owner_id_text=t.own_name())
    t.send()


def _invitation(t: Learner, story: str) -> str:
    key = t.row(Participation, story)
    t.open(f"/participations/show/{key}")
    return key


def x30(t: Learner, *, wrong: bool) -> None:
    key = _invitation(t, "interpreter" if wrong else "county-asked")
    t.press(f"/participations/accept/{key}")
    if not wrong:
        t.open(f"/clients/show/{t.client_key('county-asked')}?tab=plan")
        t.follow("/plans/show")


def x31(t: Learner, *, wrong: bool) -> None:
    key = _invitation(t, "interpreter")
    if t.page.locator(f"main form[action*='/accept/{key}']").count():
        t.press(f"/participations/accept/{key}")
    t.open(f"/county-statements/add?participation={key}")
    t.fill(content="Ei tarvetta." if wrong else "Alustava tarve: terveystarkastus ja perhetyö ennen kurssin alkua.")
    t.send()


def x32(t: Learner, *, wrong: bool) -> None:
    if wrong:
        t.press(f"/participations/accept/{_invitation(t, 'running')}")
        return
    _invitation(t, "new-plan")
    t.follow("/participations/leave")
    t.fill(end_reason="Palveluja ei tarvitse sovittaa yhteen.")
    t.send()


def x33(t: Learner, *, wrong: bool) -> None:
    _invitation(t, "running" if wrong else "county")
    t.follow("/participations/leave")
    t.fill(end_reason="Osuutemme on hoidettu.")
    t.send()


_HEADINGS = "Asiakasnro;Sukunimi;Etunimet;Syy henkilötunnuksen puuttumiseen;Syntymäaika;Kansalaisuus;Äidinkieli;Asiointikieli;Kotikunta;Asiakkuus alkanut"
_LETTERS = str.maketrans("0123456789", "ghijklmnop")


def _row(mark: str, number: int, *, faulty: bool) -> str:
    """Give a client like no other, for whoever is alike waits for a person."""
    name = md5(f"{mark}{number}".encode(), usedforsecurity=False).hexdigest().translate(_LETTERS)
    born = date(1960, 1, 1) + timedelta(days=int(md5(name.encode(), usedforsecurity=False).hexdigest()[:4], 16) % 15_000)
    return f"{mark}{number};{'' if faulty else name[:9].capitalize()};{name[9:16].capitalize()};PENDING;{born:%-d.%-m.%Y};UA;uk;fi;Vantaa;1.3.2025"


def _moved(t: Learner, mark: str, *works: str, faulty: bool) -> Move:
    """Hand a file of six clients in and do these works; `faulty` leaves a row without a family name."""
    move = Move(t.page, f"Erä {mark}", most_percent="50", meanwhile=t.work_off)
    rows = [_row(mark, number, faulty=faulty and number == 2) for number in range(6)]
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{mark}.csv"
        path.write_text("\r\n".join([_HEADINGS, *rows, ""]), encoding="utf-8")
        move.hand_in(path)
    move.map_all()
    for work in works:
        move.work(work)
    return move


def x40(t: Learner, *, wrong: bool) -> None:
    _moved(t, "KA" if wrong else "KB", "rehearse", faulty=wrong)


def x41(t: Learner, *, wrong: bool) -> None:
    _moved(t, "TA" if wrong else "TB", "rehearse", "commit", faulty=wrong)


def x42(t: Learner, *, wrong: bool) -> None:
    _moved(t, "SA" if wrong else "SB", "rehearse", "commit", faulty=False).certify(signs=True, differs=wrong)


def x43(t: Learner, *, wrong: bool) -> None:
    _moved(t, "PA" if wrong else "PB", "rehearse", "commit", *(() if wrong else ("undo",)), faulty=False)


def _taken_out(t: Learner, address: str, purpose: str = "STEERING") -> None:
    t.open(address)
    t.follow("/reports/file/I01.csv")
    t.fill(purpose=purpose)
    with t.page.expect_download():
        t.page.locator("main .form-actions button[type=submit]").first.click()


def _printed(t: Learner, purpose: str = "STEERING") -> None:
    t.open("/reports/view/municipality")
    t.follow("/reports/paper/")
    t.fill(purpose=purpose)
    with t.page.expect_download():
        t.page.locator("main .form-actions button[type=submit]").first.click()


def x50(t: Learner, *, wrong: bool) -> None:
    _taken_out(t, "/reports/show/I01", "OTHER" if wrong else "STEERING")


def x51(t: Learner, *, wrong: bool) -> None:
    _taken_out(t, "/reports/show/I01" + ("" if wrong else "?by=GENDER"))


def x52(t: Learner, *, wrong: bool) -> None:
    _taken_out(t, "/reports/show/I01?period=2026Q1" + f"&to={'2026Q1' if wrong else '2026Q3'}")


def x53(t: Learner, *, wrong: bool) -> None:
    _taken_out(t, "/reports/show/I01") if wrong else _printed(t)


def x54(t: Learner, *, wrong: bool) -> None:
    t.open("/reports/show/I02" if wrong else "/reports/show/I01")
    t.follow("/report-subscriptions/add")
    t.fill(every="MONTH" if wrong else "QUARTER")
    t.send()


WORK = {"X20": (x20, "PERIOD_LONG"), "X21": (x21, "REASON_SHORT"), "X22": (x22, "END_NOT_LEFT"), "X23": (x23, "ENDS_TOO_LATE"), "X24": (x24, "STILL_EXPORTS"),
        "X25": (x25, "READER_NOT_ASKED"), "X26": (x26, "RULE_ASLEEP"), "X30": (x30, "NOT_TO_PLAN"), "X31": (x31, "STATEMENT_SHORT"), "X32": (x32, "ACCEPTED_INSTEAD"),
        "X33": (x33, "DECLINED_INSTEAD"), "X40": (x40, "STOPS_LEFT"), "X41": (x41, "STOPS_LEFT"), "X42": (x42, "SAMPLE_DIFFERS"), "X43": (x43, None),
        "X50": (x50, "OTHER_PURPOSE_OF_FIGURES"), "X51": (x51, "NO_GROUPS"), "X52": (x52, "ONE_PERIOD"), "X53": (x53, "NOT_THE_QUARTER"),
        "X54": (x54, "EACH_MONTH")}  # fmt: skip
