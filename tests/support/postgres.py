"""A private PostgreSQL: its own cluster, socket and roles, gone after the tests."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

import psycopg


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Postgres:
    """Started with `start`; `owner_url` migrates and loads, `app_url` serves and is neither owner nor superuser."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="koto-pg-"))
        self.port = free_port()
        self.bin = max(Path("/usr/lib/postgresql").iterdir(), key=lambda path: int(path.name)) / "bin"
        self.databases = 0

    def _run(self, *command: str) -> None:
        as_user = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        subprocess.run([*as_user, *command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self.folder)

    def start(self) -> None:
        if os.getuid() == 0:
            shutil.chown(self.folder, "postgres")
        self._run(str(self.bin / "initdb"), "-D", str(self.folder / "data"), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        self.wake()
        with self.admin() as admin:
            admin.execute("CREATE ROLE koto_owner LOGIN CREATEROLE")
            admin.execute("CREATE ROLE koto_web LOGIN")
            admin.execute("CREATE ROLE koto_app NOLOGIN")
            admin.execute("CREATE ROLE koto_audit NOLOGIN")
            admin.execute("GRANT koto_app TO koto_web")
            admin.execute("CREATE ROLE koto_log LOGIN")
            admin.execute("GRANT koto_audit TO koto_log")

    def wake(self) -> None:
        """Start the server over the data it has, and wait until it answers."""
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off"
        self._run(str(self.bin / "pg_ctl"), "-D", str(self.folder / "data"), "-w", "-o", options, "-l", str(self.folder / "log"), "start")

    def halt(self, mode: str = "immediate") -> None:
        """Stop the server and keep its data; `immediate` is a crash, `fast` ends every connection in order."""
        self._run(str(self.bin / "pg_ctl"), "-D", str(self.folder / "data"), "-m", mode, "stop")

    @property
    def is_up(self) -> bool:
        return (self.folder / "data/postmaster.pid").exists()

    def stop(self) -> None:
        if self.is_up:
            self.halt()
        # A run leaves a hundred thousand files behind: nobody waits for them to go.
        subprocess.Popen(["rm", "-rf", str(self.folder)], start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def admin(self, database: str = "postgres") -> psycopg.Connection:
        return psycopg.connect(host="127.0.0.1", port=self.port, user="postgres", dbname=database, autocommit=True)

    def new_database(self) -> str:
        self.databases += 1
        name = f"koto_{self.databases}"
        with self.admin() as admin:
            admin.execute(f"CREATE DATABASE {name} OWNER koto_owner")
        return name

    def url(self, user: str, database: str) -> str:
        return f"postgresql+psycopg://{user}@127.0.0.1:{self.port}/{database}"
