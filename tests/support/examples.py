"""One row of every table that follows a client, in every status its code list knows, for the pages to show."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.actor import system_scope
from app.access.membership import ClientScoped
from app.clients.actions import prepare_client
from app.clients.models import Client
from app.clients.reminders import ClientReminder
from app.codes.lists import values
from app.db.base import Model, db
from app.db.types import EncryptedText, new_id, now
from app.demo.accounts import CAST
from app.demo.examinations import load_examinations
from app.directories.models import Directory, DirectoryGroup, DirectoryState
from app.duplicates.actions import merge, seen_of
from app.duplicates.models import ClientMerge, pair_of
from app.examinations.actions import ask_reader
from app.examinations.models import LogFinding
from app.history.models import RowVersion
from app.imports.models import ImportBatch, ImportFinding, ImportSheet, json_list
from app.imports.workspace.actions import add_files
from app.imports.workspace.models import ImportUndoRequest
from app.jobs.models import Job
from app.obligations.models import NATIONAL, ClientObligation, LocalNumber
from app.organisations.models import Organisation, organisation_key
from app.plans.life_models import PlanVersion
from app.plans.models import IntegrationPlan
from app.plans.pictures import picture_of
from app.reports.models import ReportFill, ReportSanity, ReportSeries
from app.reports.quality.sanity import CHECKS
from app.reports.series.models import ReportSeriesFile
from app.news.models import NewsEntry
from app.notices.models import Announcement
from app.reports.subscriptions.models import ReportSubscription
from app.responsibility.models import OrganisationPractice
from app.rights.models import RightApplication, RightEvent
from app.roles.forms import as_lines
from app.rollout.deriving import derive as derive_rollout
from app.rollout.models import RolloutContact, RolloutObstacle, RolloutStep
from app.transfers.models import TransferEscalation, TransferRequest, TransferSide
from app.switches.models import FunctionSwitch
from app.users.models import AccessGrant, LocalRole, UserSession
from app.users.queries import token_digest
from app.work_queue.models import Absence
from tests.support.app import make_app, prepare
from tests.support.example_add_ons import load_add_ons
from tests.support.moves import BAD, add_waiting_row, make_move
from tests.support.planted import hide, plant

# A word as long as Finnish and Swedish make them: it must wrap, not push the page sideways.
TEXT = "Maahanmuuttajapalveluasiantuntijaverkosto – 1"
# A name with no place to break, and one of many parts.
FAMILY, GIVEN = "Maahanmuuttajapalveluniemiläinen-Uggelfeltsbergskoog", "Maximiliana-Alexandrina Konstantina Desideria Wilhelmiina"
ON = date(2026, 10, 5)
# The municipalities of Aino and Bengt, and of Cecilia.
HOMES = ("092", "638")
# A file of an old system, in capitals so that no text of ours is like it: what is understood, what is in doubt, what has no place, dates that can be read in two ways.
MOVED = """ASIAKASNRO;ASIAKKAAN NIMI;SYNTYMÄAIKA;ÄIDINKIELI;KANSALAISUUS;SUKUPUOLI;USKONTO;VERKOSTOKARTTA
A1;Keksitty, Kaija;1/2/1980;SUOMI;SYYRIA;m;;x
A2;Keksitty, Kalle;3/4/1990;MURRE;IRAKK;?;;
"""


def example_installation(folder: Path) -> Path:
    """Make an installation with invented clients and the examples in a new folder under `folder`, and give that folder."""
    made = folder / "instance"
    made.mkdir()
    app = make_app(made)
    prepare(app, 350)
    with app.app_context(), system_scope():
        load_examples(db.session)
        load_examinations(db.session, date.today())
        _ask_for_an_explanation(db.session)
        db.engine.dispose()
    return made


def _ask_for_an_explanation(session: Session) -> None:
    """Let the team lead too be asked to explain a reading, beside the caseworker of the invented examinations."""
    ids = {user.username: user.id for user in session.scalars(select(User).where(User.username.in_(("bengt", "lotta"))))}
    explained = session.scalars(select(LogFinding).where(LogFinding.user_id == ids["bengt"], LogFinding.state == "EXPLAINED")).one()
    same = ("rule_id", "kind", "org_id", "concerns_id", "user_id", "reader_org_id", "readings", "clients", "seed", "found_on", "due_on")
    finding = LogFinding(**{name: getattr(explained, name) for name in same}, day=explained.day - timedelta(days=1), state="NEW")
    session.add(finding)
    session.flush()
    ask_reader(session, finding, by=ids["lotta"], question=TEXT, due_on=date.today() + timedelta(days=14))
    session.commit()


def load_examples(session: Session) -> None:
    """Write the rows of each home municipality under a client who is ready for a plan, and commit; their versions write themselves."""
    tables = {table: position for position, table in enumerate(Model.metadata.sorted_tables)}
    models = sorted(
        (mapper.class_ for mapper in Model.registry.mappers if issubclass(mapper.class_, ClientScoped) and mapper.class_ not in (Client, ClientObligation, RowVersion)),
        key=lambda model: tables[model.__table__],
    )
    for code in HOMES:
        home = organisation_key("MUNICIPALITY", code)
        # A client has one reminder at most, and gets its own below.
        free = Client.non_disclosure.is_(False) & Client.id.not_in(select(ClientReminder.client_id))
        client = session.scalars(select(Client).where(Client.org_id == home, free).order_by(Client.id)).first()
        if client is None:
            raise LookupError(f"no invented client lives in {code}")
        client.status, client.family_name, client.given_names = "PLAN_DRAFTING", FAMILY, GIVEN
        prepare_client(client)
        # Of organisations beside the controller a row names a county, of clients beside its own another of the register.
        another = session.scalars(select(Client.id).where(Client.org_id == home, free, Client.id != client.id).order_by(Client.id.desc())).first()
        first: dict[Any, str] = {Organisation.__table__: organisation_key("WELLBEING_COUNTY", "06"), Client.__table__: str(another)}
        for model in models:
            for row in _rows(model, client, first):
                session.add(row)
                session.flush()
                first.setdefault(model.__table__, row.id)
        _picture_versions(session, client)
        _protect_one(session, home, client)
        _join_one(session, client, [client.id, str(another)])
        _each_stage(session, home)
        session.add(LocalNumber(org_id=home, setting="R04_days", amount=10, valid_from=date.today() + timedelta(days=365)))
    _load_what_is_no_clients(session)
    session.commit()


def _load_what_is_no_clients(session: Session) -> None:
    session.add(LocalNumber(org_id=NATIONAL, setting="R02_days", amount=10, valid_from=date.today() + timedelta(days=365)))
    _narrow_role(session)
    _load_rights(session)
    _load_sessions(session)
    _load_reports(session)
    _load_rollout(session)
    _load_directories(session)
    _load_transfers(session)
    _load_moves(session)
    _load_works(session)
    _load_notices(session)
    load_add_ons(session, organisation_key("MUNICIPALITY", HOMES[0]), TEXT)


def _picture_versions(session: Session, client: Client) -> None:
    """Let versions hold a picture of their plan: a text is none."""
    for version in session.scalars(select(PlanVersion).where(PlanVersion.client_id == client.id)):
        version.picture = picture_of(session, session.get_one(IntegrationPlan, version.plan_id), ON)


def _join_one(session: Session, client: Client, taken: list[str]) -> None:
    """Let the pair that is joined have been joined: a text is no picture of what was before."""
    row = session.scalars(select(ClientMerge).where(ClientMerge.client_id == client.id, ClientMerge.status == "MERGED")).one()
    other = session.scalars(select(Client).where(Client.org_id == client.org_id, Client.id.not_in(taken), Client.non_disclosure.is_(False)).order_by(Client.id.desc())).first()
    if other is None:
        raise LookupError("no third client lives there")
    row.status, row.other_id, row.pair_key = "PROPOSED", other.id, pair_of(client.id, other.id)
    session.flush()
    merge(session, row, {}, seen_of(client, other))


def _each_stage(session: Session, home: str) -> None:
    """Let some client stand at each stage of the path, out of those of a stage that has several."""
    found = list(session.scalars(select(Client).where(Client.org_id == home, Client.family_name != FAMILY, Client.non_disclosure.is_(False), Client.merged_into_id.is_(None)).order_by(Client.id)))
    present = [client.status for client in found]
    for code in (value.code for value in values("CLIENT_STATUS")):
        if code not in present:
            other = next(client for client in found if present.count(client.status) > 1)
            present[found.index(other)] = other.status = code


def _protect_one(session: Session, home: str, other: Client) -> None:
    """Let the first client in the list have a non-disclosure order, and details that can be opened."""
    client = session.scalars(select(Client).where(Client.org_id == home, Client.id != other.id).order_by(Client.id)).first()
    if client is None:
        raise LookupError("no second client lives there")
    client.non_disclosure, client.family_name, client.given_names = True, "Aaltomäki", "Aava"
    client.phone, client.street_address, client.postal_code, client.post_office = "040 0000000", TEXT, "00000", "KORVATUNTURI"
    prepare_client(client)


def _narrow_role(session: Session) -> None:
    """Write a role of an organisation's own that somebody holds."""
    home = organisation_key("MUNICIPALITY", HOMES[0])
    role = LocalRole(base="CASEWORKER", name_fi=TEXT, name_sv=TEXT, reason=TEXT, withheld=as_lines(frozenset({("NoteView", "can_delete")})), org_id=home)
    session.add(role)
    session.flush()
    grants = session.scalars(select(AccessGrant).where(AccessGrant.organisation_id == home, AccessGrant.role == role.base).order_by(AccessGrant.valid_from))
    next(grant for grant in grants if grant.user.username not in {row[0] for row in CAST}).local_role_id = role.id


def _load_rights(session: Session) -> None:
    """Write an application that waits, and a right that waits to be opened, of people who are not of the cast."""
    home = organisation_key("MUNICIPALITY", HOMES[0])
    for number, name in enumerate(("Arvela", "Aaltonen")):
        user = User(username=f"waits{number}", first_name="Aapo", last_name=name, email=f"waits{number}@demo.invalid", active=True, password="!")
        session.add(user)
        session.flush()
        shared = {"user_id": user.id, "organisation_id": home, "grantor_id": home, "role": "CASEWORKER", "basis": "B1", "task": TEXT,
                  "valid_from": ON, "valid_to": ON.replace(year=ON.year + 1)}  # fmt: skip
        if number == 0:
            application = RightApplication(**shared, reason=TEXT, language="fi", training_done_on=ON)
            session.add(application)
            session.flush()
            session.add(RightEvent(application_id=application.id, what="APPLIED", by_user_id=user.id))
        else:
            session.add(AccessGrant(**shared))


def _load_sessions(session: Session) -> None:
    """Sign everybody of the cast in on two more devices, one of which told nothing of itself."""
    for user in session.scalars(select(User).where(User.username.in_([row[0] for row in CAST]))):
        for device in ("Samsung Internet, Android", None):
            session.add(UserSession(token_digest=token_digest(new_id()), user_id=user.id, password_mark="", device=device,
                                    last_used_at=now(), expires_at=now() + timedelta(hours=9)))  # fmt: skip


def _load_reports(session: Session) -> None:
    """Write figures of closed periods and of an open one, some of them hidden, and a subscription of whoever may have one."""
    plant(session)
    hide(session, "MUNICIPALITY", "638", "2026Q3")
    home = organisation_key("MUNICIPALITY", HOMES[0])
    brought = {"indicator": "I63", "period_id": "2026", "level": "COUNTRY", "area": "FI", "dimension": "", "value": "", "figure": "61.5"}
    session.add(ReportSeries(**brought, source=TEXT, brought_in_at=datetime(2026, 10, 5, 9, tzinfo=UTC)))
    for check in CHECKS:
        session.add(ReportSanity(organisation_id=home, check=check, count=3, found_at=datetime(2026, 10, 5, 3, tzinfo=UTC)))
    session.add(ReportFill(organisation_id=home, field="client.call_name", filled=0, rows=40))
    tuomas = session.scalar(select(User.id).where(User.username == "tuomas"))
    content = b"indicator;period;level;area;figure\nI63;2026;COUNTRY;FI;60\nI999;2026;COUNTRY;FI;1\n"
    session.add(ReportSeriesFile(user_id=tuomas, name=f"{TEXT}.csv", source=TEXT, content=content))
    for username in ("bengt", "minna"):
        user_id = session.scalar(select(User.id).where(User.username == username))
        session.add(ReportSubscription(user_id=user_id, org_id=organisation_key("MUNICIPALITY", HOMES[0]), address="/reports/view/municipality", every="QUARTER"))


def _load_rollout(session: Session) -> None:
    """Write the stages of every organisation, and an obstacle and a contact person of each kind in the first home."""
    derive_rollout(session, date.today())
    home = organisation_key("MUNICIPALITY", HOMES[0])
    for value in values("ROLLOUT_OBSTACLE"):
        solved = date(2026, 10, 5) if value.code == "OTHER" else None
        session.add(RolloutObstacle(org_id=home, kind=value.code, description=TEXT, needs_help=solved is None, found_on=date(2026, 10, 1), solved_on=solved))
    for value in values("ROLLOUT_TASK"):
        session.add(RolloutContact(org_id=home, task=value.code, name=TEXT, email="yhteys@esimerkki.fi", phone="040 000 0000"))


def _load_directories(session: Session) -> None:
    """Write a directory that works, one that fails and one that is left alone, each with groups; nobody listens at their addresses."""
    home = organisation_key("MUNICIPALITY", HOMES[0])
    moment = datetime(2026, 10, 5, 9, tzinfo=UTC)
    failing = {"failures": 1, "failing_since": moment, "last_failure_at": moment, "last_fault": "TLS"}
    states = ({"last_success_at": moment}, failing, {**failing, "failures": 3, "open_until": moment, "last_fault": "TIMEOUT"})
    for number, state in enumerate(states):
        directory = Directory(
            org_id=home, name=TEXT, realm=f"esimerkki{number}.fi", url=f"ldaps://hakemisto{number}.invalid", kind="INETORGPERSON",
            search_base="ou=people,dc=esimerkki,dc=fi", user_filter="(uid={username})", username_attribute="uid", bind_dn="cn=koto,dc=esimerkki,dc=fi",
            bind_secret="a secret of the examples", test_user="maija",
        )  # fmt: skip
        session.add(directory)
        session.flush()
        session.add(DirectoryState(directory_id=directory.id, **state))
        for role in ("CASEWORKER", "TEAM_LEAD"):
            session.add(DirectoryGroup(org_id=home, directory_id=directory.id, group_dn=f"cn={role.lower()},ou=groups,dc=esimerkki,dc=fi", role=role,
                                       bypasses_application=role == "CASEWORKER"))  # fmt: skip


def _load_transfers(session: Session) -> None:
    """Write a transfer in each state, begun here and not answered; one of each way that waits for an answer here; and decisions of the municipality."""
    here, there = (organisation_key("MUNICIPALITY", code) for code in (HOMES[0], "091"))
    session.add(OrganisationPractice(org_id=here, transfer_answer_days=7))
    away, covers = session.scalars(select(AccessGrant.user_id).where(AccessGrant.organisation_id == here, AccessGrant.role == "CASEWORKER").distinct().order_by(AccessGrant.user_id).limit(2))
    session.add(Absence(org_id=here, user_id=away, cover_id=covers, starts_on=date.today(), ends_on=date.today() + timedelta(days=30)))
    client = session.scalars(select(Client).where(Client.org_id == here, Client.family_name == FAMILY)).one()
    begun = [("PUSHED", here, there, here, value.code) for value in values("TRANSFER_STATE")]
    for number, (way, old, new, by, status) in enumerate([*begun, ("PUSHED", there, here, there, "SENT"), ("REQUESTED", here, there, there, "SENT")]):
        is_mine = by == here
        waits = {"SENT": there if is_mine else here, "ESCALATED": there, "ASKED": here}.get(status)
        asked = {"question": TEXT, "answer": None if status == "ASKED" else TEXT}
        row = TransferRequest(way=way, from_id=old, to_id=new, org_id=by, status=status, sections="BASICS PLAN", choice_reason=TEXT, consent_on=ON, consent_language="so",
                              sent_on=ON, due_on=ON, waits_for_id=waits, explanation=TEXT, refusal="NOT_MOVED" if status == "REJECTED" else None, moves_on=ON, place=number,
                              ended_on=ON if status in ("REJECTED", "WITHDRAWN", "COMPLETED") else None, **asked)  # fmt: skip
        session.add(row)
        session.flush()
        known = {"family_name": FAMILY, "given_names": GIVEN, "birth_date": ON, "transfer_id": row.id}
        session.add(TransferSide(organisation_id=here, client_id=client.id if old == here else None, **known))
        session.add(TransferSide(organisation_id=there, **known))
        if status == "ESCALATED":
            session.add(TransferEscalation(transfer_id=row.id, from_id=old, to_id=new, waits_for_id=waits, sent_on=ON, due_on=ON, escalated_on=ON))


def _load_works(session: Session) -> None:
    """Write a move in each state, more than its threshold allows too, with a row that may be of somebody here, works as they stand, and a request to undo."""
    home = organisation_key("MUNICIPALITY", HOMES[0])
    for status in (value.code for value in values("IMPORT_STATUS") if value.code != "OPEN"):
        batch = make_move(session, home, status=status, text=TEXT)
        if status == "REHEARSED":
            client = session.scalars(select(Client).where(Client.org_id == home, Client.family_name == FAMILY, Client.given_names == GIVEN)).one()
            person = {"family_name": FAMILY, "birth_date": client.birth_date.isoformat(), "mother_tongue": "ti"}
            add_waiting_row(session, batch, person | {"given_names": GIVEN})
            add_waiting_row(session, batch, person | {"given_names": "Kaija"}, 91)
        elif status == "SIGNED":
            session.add(ImportUndoRequest(batch_id=batch.id, org_id=home, clients=3, records=3, kept=1))
    make_move(session, home, outcomes=BAD, text=TEXT)
    for state, more in (("RUNNING", {"heartbeat_at": now()}), ("FAILED", {"error_code": "RIGHT_ENDED"})):
        session.add(Job(kind="import:rehearse", subject_id=make_move(session, home, text=TEXT).id, org_id=home, state=state, done=3, total=12, **more))


def _load_moves(session: Session) -> None:
    """Write a move that is being prepared: a file whose columns are to be mapped, and one that cannot be read."""
    session.add(batch := ImportBatch(org_id=organisation_key("MUNICIPALITY", HOMES[0]), name=TEXT, product=TEXT))
    session.flush()
    add_files(session, batch, [("kunder.csv", BytesIO(MOVED.encode())), ("trasig.csv", BytesIO(b'nro;nimi\n1;"auki\n'))])


def _load_notices(session: Session) -> None:
    """Write an announcement for everybody and an outage for some, a function that waits for its day in one organisation, and what is new."""
    home, today = organisation_key("NATIONAL_AGENCY", "KEHA"), date.today()
    shared: dict[str, Any] = {"org_id": home, "title_fi": TEXT, "title_sv": TEXT, "text_fi": TEXT, "text_sv": TEXT}
    shown = {"shown_from": today, "shown_to": today + timedelta(days=3)}
    session.add(Announcement(kind="INFORMATION", **shown, **shared))
    session.add(Announcement(kind="OUTAGE", role="ACCESS_ADMIN", outage_from=now() + timedelta(days=1), outage_to=now() + timedelta(days=2), **shown, **shared))
    session.add(FunctionSwitch(function="reports", organisation_id=organisation_key("MUNICIPALITY", "091"), on_from=today + timedelta(days=30), owner=TEXT,
                               note_fi=TEXT, note_sv=TEXT, org_id=home))  # fmt: skip
    session.add(NewsEntry(told_on=today, **shared))


def _rows(model: Any, client: Client, first: dict[Any, str]) -> list[Any]:
    """Make a row for each status, the default one first."""
    status = model.__table__.columns.get("status")
    if status is None:
        return [model(**_values(model, client, first))]
    default = status.default.arg
    codes = sorted((value.code for value in values(status.info["codes"])), key=lambda code: code != default)
    return [model(**_values(model, client, first) | {"status": code}) for code in codes]


def _values(model: Any, client: Client, first: dict[Any, str]) -> dict[str, Any]:
    return filled(model, {"client_id": client.id, "org_id": client.org_id}, first, TEXT)


def filled(model: Any, found: dict[str, Any], first: dict[Any, str], text: str) -> dict[str, Any]:
    """Fill every column that a person could fill, with `text` where words go; `first` are the rows that others point at."""
    for column in model.__table__.columns:
        target = next(iter(column.foreign_keys)).column.table if column.foreign_keys else None
        if column.name in found or column.primary_key or (target is not None and target not in first):
            continue
        if target is not None:
            found[column.name] = first[target]
        elif codes := column.info.get("codes"):
            found[column.name] = values(codes)[0].code
        elif isinstance(column.type, EncryptedText):
            found[column.name] = text
        elif column.type.python_type is date:
            found[column.name] = ON
        elif column.name == "pair_key":
            found[column.name] = new_id()
        elif column.type.python_type is str:
            found[column.name] = text[: getattr(column.type, "length", None) or len(text)]
        elif column.type.python_type in (int, Decimal) and not column.nullable and column.default is None:
            found[column.name] = column.type.python_type(1)
    return found


def _texts_of_moves(session: Session) -> set[str]:
    """Give what stands in the files of moves, headings and cells."""
    found = {cell for line in MOVED.splitlines() for cell in line.split(";")} | {"Kaija"}
    for row in session.execute(select(ImportFinding.column_name, ImportFinding.value)):
        found |= {" ".join(text.split()) for text in row if text}
    found |= {f"{TEXT} {number}" for number in range(1, 3)}
    return found | {name for (columns,) in session.execute(select(ImportSheet.columns)) for name in json_list(columns)}


def typed_texts(session: Session) -> frozenset[str]:
    """Give every text that stands for something a person typed about a client, a finding or a directory; it may be in any language."""
    columns_of_findings = (LogFinding.question, LogFinding.explanation, LogFinding.reason)
    found = {" ".join(text.split()) for row in session.execute(select(*columns_of_findings)) for text in row if text}
    for row in session.execute(select(TransferRequest.question, TransferRequest.answer, TransferRequest.explanation)):
        found |= {" ".join(text.split()) for text in row if text}
    found |= _texts_of_moves(session) | set(session.scalars(select(ReportSubscription.address)))
    for mapper in Model.registry.mappers:
        kinds = ClientScoped | Directory | DirectoryGroup | TransferRequest | TransferSide | RolloutStep | RolloutObstacle | RolloutContact
        if issubclass(mapper.class_, kinds) and mapper.class_ is not RowVersion:
            columns = [column for column in mapper.class_.__table__.columns if column.type.python_type is str and "codes" not in column.info]
            for row in session.execute(select(*columns)):
                found |= {" ".join(value.split()) for value in row if value}
    return frozenset(found)
