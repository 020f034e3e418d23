"""Rows of directories for tests, and the people in them."""

from __future__ import annotations

import fcntl
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import delete, select, update
from werkzeug.test import TestResponse

from app.access.actor import system_scope
from app.db.base import db
from app.db.types import now
from app.directories.models import Directory, DirectoryGroup, DirectoryState
from app.organisations.models import organisation_key
from app.users.models import AccessGrant
from tests.support.slapd import PASSWORD, PEOPLE, SERVICE_DN, SERVICE_PASSWORD, Slapd
from tests.support.slapd_ad import USERS, AdSlapd

VANTAA, PORVOO = organisation_key("MUNICIPALITY", "092"), organisation_key("MUNICIPALITY", "638")


class Directories:
    """What tests do with the rows of directories, and with the people in them."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    def add(self, server: Slapd, realm: str, org_id: str, **changes: Any) -> str:
        """Write a directory as its administrator would, and give its key."""
        values: dict[str, Any] = {
            "name": realm, "realm": realm, "org_id": org_id, "url": server.url, "ca_certificate": server.ca_file.read_text(), "kind": "INETORGPERSON",
            "search_base": PEOPLE, "group_base": "dc=koto,dc=test", "user_filter": "(uid={username})", "username_attribute": "uid",
            "bind_dn": SERVICE_DN, "bind_secret": SERVICE_PASSWORD,
        }  # fmt: skip
        if isinstance(server, AdSlapd):
            values |= {"kind": "ACTIVE_DIRECTORY", "search_base": USERS, "group_base": None, "username_attribute": "sAMAccountName",
                       "user_filter": "(&(objectClass=user)(sAMAccountName={username}))"}  # fmt: skip
        with self.app.app_context(), system_scope():
            row = Directory(**values | changes)
            db.session.add(row)
            db.session.commit()
            return row.id

    def map_group(self, directory: str, group: str, role: str, **changes: Any) -> None:
        with self.app.app_context(), system_scope():
            org_id = db.session.get_one(Directory, directory).org_id
            db.session.add(DirectoryGroup(directory_id=directory, group_dn=group, role=role, org_id=org_id, **changes))
            db.session.commit()

    def change(self, directory: str, **values: Any) -> None:
        with self.app.app_context(), system_scope():
            db.session.execute(update(Directory).where(Directory.id == directory).values(**values))
            db.session.commit()

    def sign_in(self, username: str, password: str = PASSWORD, client: Any = None) -> TestResponse:
        client = client or self.app.test_client()
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/login/").text)
        assert token is not None
        return client.post("/login/", data={"username": username, "password": password, "csrf_token": token[1]})

    def signed_in(self, username: str, password: str = PASSWORD) -> Any:
        """Sign in, which must succeed, and give the browser."""
        client = self.app.test_client()
        assert self.sign_in(username, password, client).status_code == 303
        return client

    def state(self, directory: str) -> DirectoryState:
        with self.app.app_context(), system_scope():
            found = db.session.get(DirectoryState, directory) or DirectoryState(failures=0)
            db.session.expunge_all()
            return found

    def is_being_asked(self, directory: str) -> bool:
        """Tell whether somebody holds the directory's place."""
        path = Path(self.app.config["KOTO"].instance_dir) / "directories" / directory
        if not path.exists():
            return False
        with path.open() as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
        return False

    def let_the_pause_pass(self, directory: str) -> None:
        """Move the end of the pause to where it has been."""
        with self.app.app_context(), system_scope():
            db.session.execute(update(DirectoryState).where(DirectoryState.directory_id == directory).values(open_until=now() - timedelta(seconds=1)))
            db.session.commit()

    def grants(self, username: str) -> list[tuple[str, str]]:
        """Give role and organisation of a person's rights that have not ended."""
        with self.app.app_context(), system_scope():
            query = select(AccessGrant.role, AccessGrant.organisation_id).join(AccessGrant.user).where(User.username == username, AccessGrant.valid_to.is_(None))
            return [(role, key) for role, key in db.session.execute(query)]

    def clear(self) -> None:
        with self.app.app_context(), system_scope():
            for model in (DirectoryGroup, DirectoryState, Directory):
                db.session.execute(delete(model))
            db.session.commit()
