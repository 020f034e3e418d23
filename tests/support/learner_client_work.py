"""What a worker does in each exercise of the worker's paths at the browser; `wrong` does one step otherwise than the task says, mostly for another client."""

from __future__ import annotations

from app.appointments.models import Appointment
from app.assessments.models import Assessment
from app.assessments.rules import SECTIONS
from app.contacts.models import InitialContact
from app.plans.models import IntegrationPlan, PlannedService
from tests.support.learner import Learner, day


def x01(t: Learner, *, wrong: bool) -> None:
    t.open("/clients/list/")
    name = t.page.inner_text("tbody a[href^='/clients/show/'] >> nth=0").split(",")[0]
    if not wrong:
        t.page.fill("main [name=q]", name)
        t.page.press("main [name=q]", "Enter")
        t.page.wait_for_url("**search=*")
    t.page.click("tbody a[href^='/clients/show/'] >> nth=0")


def x02(t: Learner, *, wrong: bool) -> None:
    t.open("/clients/add")
    t.fill(family_name="Harjoitusnen" if wrong else "Oppinen", given_names="Harri", birth_date="1991-03-04", no_identity_code_reason="PENDING", citizenship="UA",
           mother_tongue="uk", service_language="fi", employment_status="NOT_JOBSEEKER", relationship_started=day())  # fmt: skip
    if t.page.input_value("[name=home_municipality_id_text]") == "":
        t.fill(home_municipality_id_text={"fi": "Harjoituskunta", "sv": "Övningskommun"}[t.language] + f" {t.seed}")
    t.send()
    key = t.page.url.split("/show/")[1].split("?")[0]
    t.open(f"/contacts/add?client={key}")
    t.fill(received_on=day(), sender_type="RECC", consent_on=day(-1))
    if not wrong:
        t.fill(need="LANGUAGE")
    t.send()


def x03(t: Learner, *, wrong: bool) -> None:
    t.open(f"/contacts/handle/{t.row(InitialContact, 'new-contact' if wrong else 'new-contact-mine')}")
    t.fill(handled_on=day(), outcome="GUIDANCE" if wrong else "ASSESSMENT")
    t.send()


def x04(t: Learner, *, wrong: bool) -> None:
    key = t.client_key("guided")
    t.open(f"/consents/add?client={key}")
    t.fill(type="C_GUIDANCE", language="uk", given_on=day())
    t.send()
    t.open(f"/guidance/add?client={key}")
    t.fill(given_on=day(), channel="OFFICE", language="uk")
    if not wrong:
        t.add_row("needs")
        t.fill(**{"needs-0-need": "LANGUAGE"})
    t.send()


def x05(t: Learner, *, wrong: bool) -> None:
    t.open(f"/assessments/add?client={t.client_key('waiting' if wrong else 'home-care-waiting')}")
    t.fill(ground="A3", known_on=day(-3), started_on=day(), channel="OFFICE", language="uk")
    t.send()


def x06(t: Learner, *, wrong: bool) -> None:
    t.open(f"/appointments/add?client={t.client_key('interpreter')}")
    t.fill(held_on=day(5), clock="10:00", purpose="PLAN" if wrong else "ASSESSMENT", channel="OFFICE", language="uk", interpreter_needed=True,
           interpreter_mode="ON_SITE", cancelling_told_on=day())  # fmt: skip
    t.send()


def x07(t: Learner, *, wrong: bool) -> None:
    key = t.row(Assessment, "booked" if wrong else "home-care")
    t.open(f"/assessments/interview/{key}")
    parts = {f"{code}_{name}": value for code in SECTIONS for name, value in (("summary", "Todettu haastattelussa"), ("need_level", "1"), ("source", "CLIENT"))}
    t.fill(**parts, **dict.fromkeys(("aims_told_on", "process_told_on", "duties_told_on", "data_told_on"), day()), client_wishes="" if wrong else "Toivoo töitä")
    t.send()
    t.open(f"/assessments/complete/{key}")
    t.fill(outcome="PLAN", completed_on=day())
    t.send()


def x08(t: Learner, *, wrong: bool) -> None:
    t.open(f"/restricted-sections/add?assessment={t.row(Assessment, 'interpreter')}")
    reason = "Opiskelu" if wrong else "Vaikuttaa opiskelun järjestelyihin"
    t.fill(section="ABILITY", purpose_reason=reason, content="Väsyy helposti", source="CLIENT")
    t.send()


def _plan(t: Learner, story: str, goals: tuple[str, ...], *, starts: int = 0, reason: str = "") -> str:
    """Draw up a plan; gives its key."""
    t.open(f"/plans/add?client={t.client_key(story)}")
    t.fill(drawn_up_date=day(), valid_from=day(starts), valid_to=day(300), planned_review_date=day(150), follow_up="Tapaamisissa", authors="Työntekijä ja asiakas")
    if reason:
        t.fill(no_education_goal_reason=reason)
    for number, kind in enumerate(goals):
        t.add_row("goals")
        t.fill(**{f"goals-{number}-horizon": "PLAN_PERIOD", f"goals-{number}-goal_type": kind, f"goals-{number}-description": "Tavoite"})
    t.add_row("services")
    t.fill(**{"services-0-service_type": "INT_TRAINING", "services-0-organiser": "MUNI", "services-0-justification": "Tukee tavoitetta"})
    t.send()
    return t.row(IntegrationPlan, story)


def _agree(t: Learner, plan: str) -> None:
    t.open(f"/plans/agree/{plan}")
    t.fill(agreement_method="SIGNATURE", agreed_on=day(), rights_explained_on=day())
    t.send()


def _refer(t: Learner, story: str) -> str:
    service = t.row(PlannedService, story, status="PLANNED")
    t.open(f"/planned-services/refer/{service}")
    t.fill(day=day())
    t.send()
    return service


def x10(t: Learner, *, wrong: bool) -> None:
    story = "plan-late" if wrong else "plan-due"
    _agree(t, _plan(t, story, ("EMPLOYMENT",), starts=2 if wrong else 0))
    if not wrong:
        _refer(t, story)


def x11(t: Learner, *, wrong: bool) -> None:
    _agree(t, _plan(t, "young-plan-due", ("EMPLOYMENT",) if wrong else ("EMPLOYMENT", "UPPER_SECONDARY"), reason="Haluaa ensin töihin" if wrong else ""))


def x12(t: Learner, *, wrong: bool) -> None:
    plan = _plan(t, "plan-late", ("EMPLOYMENT",))
    t.open(f"/participations/invite?client={t.client_key('plan-late')}")
    t.fill(matter_key=f"PLAN:{plan}", organisation_id=t.county(), reason="Palvelut on sovitettava yhteen", profile="PLAN_PART", may_contribute=not wrong, valid_to=day(60))
    t.send()


def x13(t: Learner, *, wrong: bool) -> None:
    if wrong:
        _refer(t, "new-plan")
        return
    t.open(f"/planned-services/start/{t.row(PlannedService, 'new-plan', status='REFERRED')}")
    t.fill(day=day())
    t.send()


def x14(t: Learner, *, wrong: bool) -> None:
    t.open(f"/plan-reviews/add?plan={t.row(IntegrationPlan, 'review-late' if wrong else 'review-soon')}")
    t.fill(reviewed_on=day(), initiator="TIME", participation="Osallistui", progress="PARTLY", next_review_date=day(100), authors="Työntekijä", source="WORKER")
    for result in t.page.locator("main form select[name^='goals-']").all():
        result.select_option("PARTLY")
    if not wrong:
        t.add_row("hindrances")
        t.fill(**{"hindrances-0-hindrance": "CHILDCARE"})
    t.send()


def x15(t: Learner, *, wrong: bool) -> None:
    key = t.client_key("running")
    t.open(f"/appointments/add?client={key}")
    t.fill(held_on=day(-1), clock="10:00", purpose="PLAN", channel="OFFICE", booked_on=day(-9), language="uk", interpreter_needed=wrong, cancelling_told_on=day(-9),
           fee_warned_on=day(-9), fee_warned_language="uk")  # fmt: skip
    if wrong:
        t.fill(interpreter_mode="ON_SITE")
    t.send()
    found = t.row(Appointment, "running")
    t.open(f"/appointments/miss/{found}")
    if wrong:
        t.fill(interpreter_outcome="IN_VAIN")
    t.send()
    t.open(f"/appointments/{'propose' if wrong else 'excuse'}/{found}")
    if wrong:
        t.fill(interpreter_cost="50", fee_amount="50", fee_due_on=day(30), fee_ground="Ei saapunut", is_reasonable=True)
    else:
        t.fill(excuse_reason="Sairastui")
    t.send()


def x16(t: Learner, *, wrong: bool) -> None:
    plan = t.row(IntegrationPlan, "young-plan" if wrong else "home-care-plan")
    t.open(f"/plans/interrupt/{plan}")
    t.fill(reason="PARENTAL" if wrong else "ILLNESS", starts_on=day(-8))
    t.send()
    t.open(f"/plans/resume/{plan}")
    t.fill(ends_on=day(-1))
    t.send()


def x17(t: Learner, *, wrong: bool) -> None:
    t.open(f"/plans/end/{t.row(IntegrationPlan, 'home-care-plan' if wrong else 'young-plan')}")
    t.fill(ended_on=day(), end_reason="GOALS_MET" if wrong else "EDUCATION", onward_guidance="Oppilaitoksen opinto-ohjaaja")
    for result in t.page.locator("main form select[name^='goal_']").all():
        result.select_option("PARTLY")
    t.send()


def x18(t: Learner, *, wrong: bool) -> None:
    t.open(f"/transfers/send?client={t.client_key('county-asked' if wrong else 'young-plan')}")
    t.fill(other_id_text={"fi": "Porvoo", "sv": "Borgå"}[t.language], consent_on=day(), consent_language="uk", choice_reason="Muuttaa työn perässä")
    if wrong:
        t.fill(NOTES=True)
    t.send()


WORK = {"X01": (x01, None), "X02": (x02, "NO_CONTACT_NEED"), "X03": (x03, "NOT_TO_ASSESSMENT"), "X04": (x04, "NO_GUIDANCE_NEED"), "X05": (x05, "NOT_HOME_CARE"),
        "X06": (x06, "OTHER_PURPOSE"), "X07": (x07, "WISHES_MISSING"), "X08": (x08, "PURPOSE_SHORT"), "X10": (x10, "PLAN_NOT_IN_FORCE"),
        "X11": (x11, "NO_EDUCATION_GOAL"), "X12": (x12, "COUNTY_MAY_NOT_WRITE"), "X13": (x13, None), "X14": (x14, "NO_HINDRANCE"),
        "X15": (x15, "FEE_INSTEAD"), "X16": (x16, "OTHER_INTERRUPTION"), "X17": (x17, "END_NOT_EDUCATION"), "X18": (x18, "TOO_MUCH_MOVES")}  # fmt: skip
