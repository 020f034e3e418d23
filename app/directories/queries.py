"""Reads of directories, of what their groups suggest and of the accounts that came from them."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from app.directories.models import Directory, DirectoryAccount, DirectoryGroup


def directory_of_realm(session: Session, realm: str) -> Directory | None:
    """Give the directory of a realm with its secret, in use or not: a name with a known realm is never asked for elsewhere."""
    return session.scalar(select(Directory).where(Directory.realm == realm).options(undefer(Directory.bind_secret)))


def groups_of_directory(session: Session, directory_id: str) -> list[DirectoryGroup]:
    """Give what a directory's groups suggest, the oldest line first."""
    query = select(DirectoryGroup).where(DirectoryGroup.directory_id == directory_id)
    return list(session.scalars(query.order_by(DirectoryGroup.created_at, DirectoryGroup.id)))


def account_of(session: Session, user_id: int) -> DirectoryAccount | None:
    """Give where a person's account came from, None for one that no row's directory knows."""
    return session.get(DirectoryAccount, user_id)
