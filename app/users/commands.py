"""Commands over local accounts: `users set-password`, `users reset-second-factor`; and `users end-sessions` over any."""

from __future__ import annotations

import sys
from getpass import getpass
from typing import Any

import click
from flask.cli import AppGroup

from app.access.actor import system_scope
from app.db.base import db
from app.users.actions import is_local
from app.users.password_actions import change_password, weakness_for
from app.users.password_rules import LONGEST, SHORTEST, Weakness
from app.users.queries import user_by_name
from app.users.second_factor_actions import reset_second_factor
from app.users.session_actions import EndReason, end_sessions

users = AppGroup("users", help="Mend the sign-in of an account.")
_WEAK = {
    Weakness.SHORT: f"the password is too short: at least {SHORTEST} characters", Weakness.LONG: f"the password is too long: at most {LONGEST} characters",
    Weakness.GUESSABLE: "the password is easy to guess: common words, names, years or repeated characters",
}  # fmt: skip


def _account(username: str) -> Any:
    user = user_by_name(db.session, username)
    if user is None:
        raise click.ClickException(f"there is no account {username}")
    if not is_local(db.session, user.id):
        raise click.ClickException(f"{username} signs in through the directory, which keeps the password and the second factor")
    return user


def _typed() -> str:
    """Read a password from a terminal without showing it, or one line of a pipe; an argument would stand in the list of processes."""
    line: str = getpass("New password: ") if sys.stdin.isatty() else sys.stdin.readline()
    return line.rstrip("\r\n")


@users.command("set-password")
@click.argument("username")
def set_password(username: str) -> None:
    """Set the password of a local account, read from standard input, and end its sessions."""
    with system_scope():
        user, password = _account(username), _typed()
        weakness = weakness_for(db.session, user, password)
        if weakness:
            raise click.ClickException(_WEAK[weakness])
        change_password(db.session, user, password)
        db.session.commit()
        click.echo(f"{username}: the password is set, the sessions are ended")


@users.command("end-sessions")
@click.argument("username", required=False)
@click.option("--all", "of_all", is_flag=True, help="Everybody's, as after a leak.")
def end_all_sessions(username: str | None, of_all: bool) -> None:
    """End the sessions of one account, local or not, or of all."""
    if bool(username) == of_all:
        raise click.UsageError("name an account, or give --all")
    with system_scope():
        user = user_by_name(db.session, username) if username else None
        if username and user is None:
            raise click.ClickException(f"there is no account {username}")
        number = end_sessions(db.session, user.id if user else None, EndReason.ENDED_BY_OPERATOR)
        db.session.commit()
        click.echo(f"sessions ended: {number}")


@users.command("reset-second-factor")
@click.argument("username")
def reset(username: str) -> None:
    """Take the second factor of a local account away; its next sign-in takes a new one into use."""
    with system_scope():
        if not reset_second_factor(db.session, _account(username).id):
            raise click.ClickException(f"{username} has no second factor")
        db.session.commit()
        click.echo(f"{username}: two-step sign-in is reset, the sessions are ended")
