"""A real OpenLDAP server of the tests' own: temporary files, a free loopback port, its own CA, STARTTLS demanded."""

from __future__ import annotations

import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import ldap
import ldap.modlist

SLAPD = "/usr/sbin/slapd"
ROOT_DN, ROOT_PASSWORD = "cn=root,dc=test", "root-of-the-tree"
SERVICE_DN, SERVICE_PASSWORD = "cn=koto,dc=test", "service-of-koto"
PEOPLE, GROUPS = "ou=people,dc=koto,dc=test", "ou=groups,dc=koto,dc=test"
CASEWORKERS = f"cn=koto-caseworkers,{GROUPS}"
PASSWORD = "oikea-salasana-ö"

# uid, given name, family name, in the group of caseworkers
CAST = (
    ("aino.ldap", "Aino", "Lahti", True),
    ("åke", "Åke", "Ångström", True),
    ("Örjan", "Örjan", "Öberg", True),
    ("leaver", "Lea", "Lähtijä", True),
    ("nogroup", "Niilo", "Noronen", False),
    ("bengt", "Bengt", "Bluff", True),
    ("maija", "Maija", "Meri", True),
)
# The group of caseworkers is in this one, and this one in it: a circle, as directories have them.
ALL_STAFF = f"cn=koto-all,{GROUPS}"

_CONFIG = """\
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
pidfile {home}/slapd.pid
modulepath /usr/lib/ldap
moduleload back_mdb
moduleload memberof
TLSCACertificateFile {home}/ca.pem
TLSCertificateFile {home}/server.pem
TLSCertificateKeyFile {home}/server.key
security simple_bind=128
database mdb
maxsize 67108864
suffix "dc=test"
directory {home}/data
rootdn "{root_dn}"
rootpw {root_password}
access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact="{service_dn}" read by anonymous auth by * none
overlay memberof
memberof-refint TRUE
"""


def free_port() -> int:
    """Give a port of the loopback interface that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def make_ca(home: Path, name: str) -> Path:
    """Make a CA's key and certificate in `home` and give the certificate's file."""
    certificate = home / f"{name}.pem"
    _openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={name} of the tests",
             "-addext", "keyUsage=critical,keyCertSign,cRLSign", "-keyout", str(home / f"{name}.key"), "-out", str(certificate))  # fmt: skip
    return certificate


def _make_server_certificate(home: Path) -> None:
    names = dict.fromkeys(("localhost", socket.gethostname(), socket.getfqdn()))
    alternatives = ",".join([*(f"DNS:{name}" for name in names if name), "IP:127.0.0.1"])
    (home / "server.ext").write_text(f"subjectAltName={alternatives}\nextendedKeyUsage=serverAuth\n", encoding="ascii")
    _openssl("req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost",
             "-keyout", str(home / "server.key"), "-out", str(home / "server.csr"))  # fmt: skip
    _openssl("x509", "-req", "-days", "2", "-in", str(home / "server.csr"), "-CA", str(home / "ca.pem"), "-CAkey", str(home / "ca.key"),
             "-set_serial", "2", "-extfile", str(home / "server.ext"), "-out", str(home / "server.pem"))  # fmt: skip


def _openssl(*arguments: str) -> None:
    subprocess.run(["openssl", *arguments], check=True, capture_output=True, timeout=30)


class Slapd:
    """One server with people and groups; data outlives `kill` and the next `start`, and `stop` ends it for good."""

    config = _CONFIG
    more_urls = ""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = free_port()
        self.ca_file = make_ca(home, "ca")
        self._process: subprocess.Popen[bytes] | None = None
        _make_server_certificate(home)
        (home / "data").mkdir()
        (home / "slapd.conf").write_text(
            self.config.format(home=home, root_dn=ROOT_DN, root_password=ROOT_PASSWORD, service_dn=SERVICE_DN), encoding="utf-8"
        )

    def __enter__(self) -> Slapd:
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_fault: object) -> None:
        self.stop()

    @property
    def url(self) -> str:
        return f"ldap://127.0.0.1:{self.port}"

    def settings(self) -> dict[str, str]:
        """Give the environment of an application that signs people in here."""
        return {
            "KOTO_LDAP_URL": self.url, "KOTO_LDAP_SEARCH": PEOPLE, "KOTO_LDAP_BIND_DN": SERVICE_DN,
            "KOTO_LDAP_BIND_PASSWORD": SERVICE_PASSWORD, "KOTO_LDAP_CA_FILE": str(self.ca_file),
            "KOTO_LDAP_GROUPS": f"{CASEWORKERS}=>CASEWORKER@092",
        }  # fmt: skip

    def start(self) -> None:
        """Start the server, wait until it answers and load people and groups the first time."""
        with (self.home / "slapd.log").open("ab") as log:
            self._process = subprocess.Popen(
                [SLAPD, "-d", "0", "-f", str(self.home / "slapd.conf"), "-h", f"{self.url} {self.more_urls}".strip()], stdout=log, stderr=log
            )
        deadline = time.monotonic() + 10
        while True:
            try:
                connection = self.root()
                break
            except ldap.SERVER_DOWN:
                if self._process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(f"slapd did not start: {(self.home / 'slapd.log').read_text()}") from None
                time.sleep(0.05)
        try:
            connection.search_s("dc=test", ldap.SCOPE_BASE)
        except ldap.NO_SUCH_OBJECT:
            self.load(connection)
        finally:
            connection.unbind_s()

    @contextmanager
    def over_tls(self) -> Iterator[str]:
        """Listen for `ldaps://` too, and give that address."""
        self.more_urls = f"ldaps://127.0.0.1:{free_port()}"
        self.stop()
        self.start()
        try:
            yield self.more_urls
        finally:
            self.more_urls = ""

    def load(self, connection: Any) -> None:
        """Write people and groups into the empty server."""
        _load(connection)

    def stop(self) -> None:
        """End the server, frozen or not."""
        if self._process is not None and self._process.poll() is None:
            self.thaw()
            self._process.terminate()
            try:
                self._process.wait(5)
            except subprocess.TimeoutExpired:
                self.kill()
        self._process = None

    def kill(self) -> None:
        """End the server at once, as a crash would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(5)

    def freeze(self) -> None:
        """Let the server hang: the kernel still takes connections, nobody answers."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    def add_to_group(self, uid: str, group: str = CASEWORKERS) -> None:
        self._change(group, ldap.MOD_ADD, person_dn(uid))

    def remove_from_group(self, uid: str, group: str = CASEWORKERS) -> None:
        self._change(group, ldap.MOD_DELETE, person_dn(uid))

    def root(self) -> Any:
        """Give a connection over TLS that may write everything."""
        connection = ldap.initialize(self.url)
        connection.set_option(ldap.OPT_NETWORK_TIMEOUT, 5)
        connection.set_option(ldap.OPT_TIMEOUT, 5)
        connection.set_option(ldap.OPT_X_TLS_CACERTFILE, str(self.ca_file))
        connection.set_option(ldap.OPT_X_TLS_REQUIRE_CERT, ldap.OPT_X_TLS_DEMAND)
        connection.set_option(ldap.OPT_X_TLS_NEWCTX, 0)
        connection.start_tls_s()
        connection.simple_bind_s(ROOT_DN, ROOT_PASSWORD)
        return connection

    def _signal(self, number: signal.Signals) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(number)

    def _change(self, group: str, change: int, member: str) -> None:
        connection = self.root()
        try:
            connection.modify_s(group, [(change, "member", [member.encode()])])
        finally:
            connection.unbind_s()


def person_dn(uid: str) -> str:
    """Give the DN of a person of the cast."""
    return f"uid={uid},{PEOPLE}"


def adding(connection: Any) -> Callable[..., None]:
    """Give a function that adds an entry: its DN, and attributes with one value or several."""

    def add(dn: str, **attributes: str | list[str]) -> None:
        values = {name: [value] if isinstance(value, str) else value for name, value in attributes.items()}
        connection.add_s(dn, ldap.modlist.addModlist({name: [text.encode() for text in texts] for name, texts in values.items()}))

    return add


def _load(connection: Any) -> None:
    add = adding(connection)
    add("dc=test", objectClass=["dcObject", "organization"], dc="test", o="Tests")
    add(SERVICE_DN, objectClass=["organizationalRole", "simpleSecurityObject"], cn="koto", userPassword=SERVICE_PASSWORD)
    add("dc=koto,dc=test", objectClass=["dcObject", "organization"], dc="koto", o="Koto")
    add(PEOPLE, objectClass="organizationalUnit", ou="people")
    add(GROUPS, objectClass="organizationalUnit", ou="groups")
    for uid, given, family, _is_caseworker in CAST:
        add(person_dn(uid), objectClass="inetOrgPerson", uid=uid, cn=f"{given} {family}", givenName=given, sn=family,
            userPassword=PASSWORD)  # fmt: skip
    # A group of this kind may not be empty: the service account is a member that signs nobody in.
    add(CASEWORKERS, objectClass="groupOfNames", cn="koto-caseworkers",
        member=[SERVICE_DN, *(person_dn(row[0]) for row in CAST if row[3])])  # fmt: skip
    add(ALL_STAFF, objectClass="groupOfNames", cn="koto-all", member=[CASEWORKERS])
    connection.modify_s(CASEWORKERS, [(ldap.MOD_ADD, "member", [ALL_STAFF.encode()])])
    add(f"cn=others,{GROUPS}", objectClass="groupOfNames", cn="others", member=[SERVICE_DN])
