"""Who works in a place: its organisations, the trainee's rights in them, and invented colleagues as whom nobody can sign in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.roles import ROLES_IN
from app.db.types import new_id, now
from app.demo.draw import Draw
from app.demo.workers import Worker
from app.organisations.models import Organisation, organisation_key
from app.organisations.places import KINDS, MARK
from app.training.places.models import TrainingPlace
from app.training.places.stories import COLLEAGUE, ME
from app.users.models import AccessGrant, UserProfile

# No hash, so that no password fits.
NO_PASSWORD = "!"  # noqa: S105
MOST_PLACES = 36**3
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# The numbers of a place's invented people: those who work there, and those who apply for a right.
COLLEAGUES, APPLICANTS = (1, 2, 3), (4, 5)
# Beside the caseworker's: the lead's, which an own role can be given in place of.
_ALSO = {2: "TEAM_LEAD"}
_GIVEN = ("Anneli", "Esko", "Fredrik", "Hanna", "Jukka", "Kerstin", "Leena", "Marko", "Outi", "Pirkko", "Sanna", "Ville")
_FAMILY = ("Alanko", "Backman", "Hakala", "Ikonen", "Kallio", "Lind", "Mäkelä", "Nurmi", "Rautio", "Sjöblom", "Toivonen", "Vainio")
_BASIS = {"ACCESS_ADMIN": "B3", "LOG_AUDITOR": "B3", "ANALYST": "B2"}


def code_of(seed: int) -> str:
    """Give the code of a place's organisations. Raises ValueError when all are taken."""
    if not 0 < seed < MOST_PLACES:
        raise ValueError("no code is left for another training place")
    return MARK + _DIGITS[seed // 1296] + _DIGITS[seed // 36 % 36] + _DIGITS[seed % 36]


def make_organisations(session: Session, place: TrainingPlace) -> None:
    """Make the place's municipality and county, unless they are there."""
    code, number = code_of(place.seed), place.seed
    names_of = (("Harjoituskunta", "Övningskommun"), ("Harjoitushyvinvointialue", "Övningsvälfärdsområde"))
    for kind, (name_fi, name_sv) in zip(KINDS, names_of, strict=True):
        session.merge(Organisation(
            id=organisation_key(kind, code), kind=kind, code=code, name_fi=f"{name_fi} {number}", name_sv=f"{name_sv} {number}", language_status="fi",
            wellbeing_county_code=code if kind == "MUNICIPALITY" else None,
        ))  # fmt: skip
    session.flush()
    place.municipality_id, place.county_id = (organisation_key(kind, code) for kind in KINDS)


def give_rights(session: Session, place: TrainingPlace, user_ids: Iterable[int], on: date) -> None:
    """Give these people every role of the place's organisations that they do not have in force; the caseworker's comes first."""
    for user_id in user_ids:
        held = set(session.execute(
            select(AccessGrant.organisation_id, AccessGrant.role).where(AccessGrant.user_id == user_id, AccessGrant.ended_at.is_(None))
        ).tuples())  # fmt: skip
        for kind, organisation_id in zip(KINDS, place.organisation_ids, strict=True):
            for role in ROLES_IN[kind]:
                if (organisation_id, role) not in held:
                    session.add(_grant(user_id, organisation_id, role, on))
        session.flush()


def _grant(user_id: int, organisation_id: str, role: str, on: date) -> AccessGrant:
    return AccessGrant(id=new_id(), user_id=user_id, organisation_id=organisation_id, role=role, basis=_BASIS.get(role, "B1"), valid_from=on, opened_at=now())


def colleagues(session: Session, place: TrainingPlace, on: date) -> list[Worker]:
    """Give the invented caseworkers of the place, with rights that go on whatever was done to them before."""
    users = {number: invented_person(session, place, number) for number in COLLEAGUES}
    own = AccessGrant.organisation_id == str(place.municipality_id), AccessGrant.user_id.in_([user.id for user in users.values()]), AccessGrant.ended_at.is_(None)
    held = {(grant.user_id, grant.role): grant for grant in session.scalars(select(AccessGrant).where(*own))}
    for number, user in users.items():
        for role in ("CASEWORKER", *([_ALSO[number]] if number in _ALSO else [])):
            if grant := held.get((user.id, role)):
                grant.valid_to = None
            else:
                session.add(_grant(user.id, str(place.municipality_id), role, on))
    session.flush()
    return [Worker(user.id, f"{user.first_name} {user.last_name}") for user in users.values()]


def invented_person(session: Session, place: TrainingPlace, number: int) -> User:
    """Give an invented person of the place by number, made the first time; nobody signs in as them."""
    username = f"{code_of(place.seed).lower()}.{number}"
    user: User | None = session.scalar(select(User).where(User.username == username))
    if user is None:
        given, family = _names_of(place)[number - 1]
        user = User(username=username, first_name=given, last_name=family, email=f"{username}@training.invalid", active=True, password=NO_PASSWORD)
        session.add(user)
        session.flush()
        session.add(UserProfile(user_id=user.id, language="fi", is_local=True))
        session.flush()
    return user


def _names_of(place: TrainingPlace) -> list[tuple[str, str]]:
    draw = Draw(f"training:{place.seed}:staff")
    return [(draw.one(_GIVEN), draw.one(_FAMILY)) for _number in (*COLLEAGUES, *APPLICANTS)]


def workers_of(session: Session, place: TrainingPlace, trainee_id: int, on: date) -> dict[str, Worker]:
    """Give who answers for the clients of the stories, by the names that stories use."""
    trainee = session.get_one(User, trainee_id)
    return {ME: Worker(trainee.id, f"{trainee.first_name} {trainee.last_name}"), COLLEAGUE: colleagues(session, place, on)[0]}
