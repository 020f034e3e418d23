"""Settings: one frozen object read from the environment, which refuses nonsense at start."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import ldap
import ldap.dn
from cryptography.fernet import Fernet

# The day of the law and the clock on the page are Finland's, wherever the server stands.
TIME_ZONE = "Europe/Helsinki"
ENVIRONMENTS = ("demo", "training", "production")


class SettingsError(ValueError):
    """The environment holds a value the application cannot run with."""


@dataclass(frozen=True, kw_only=True)
class LdapSettings:
    """One LDAP directory; `search` is the base DN, `groups` maps group DN to `ROLE@organisation code`."""

    url: str
    search: str
    bind_dn: str
    bind_password: str = field(repr=False)
    ca_file: str | None = None
    starttls: bool = True
    group_map: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class SmtpSettings:
    """The server that takes letters, and the address they come from."""

    host: str
    port: int
    sender: str
    is_tls: bool = False
    starttls: bool = False
    username: str | None = None
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything that differs between installations; secrets are left out of `repr`."""

    environment: str
    instance_dir: Path
    database_url: str = field(repr=False)
    secret_key: str = field(repr=False)
    field_keys: tuple[str, ...] = field(repr=False)
    host: str = "127.0.0.1"
    port: int = 8080
    public_url: str | None = None
    trusted_proxies: int = 0
    redis_url: str | None = field(default=None, repr=False)
    ldap: LdapSettings | None = None
    smtp: SmtpSettings | None = None
    login_rate_limit: str = "10 per minute"
    # How many new clients one person may seek: each asks the other organisations too.
    new_client_rate_limit: str = "60 per hour"
    # How often one address may ask for what is open to everybody.
    open_rate_limit: str = "120 per minute"
    # How often the program of one token may ask.
    api_rate_limit: str = "600 per minute"
    session_hours: int = 10
    session_idle_minutes: int = 60
    # Whether local accounts that decide about others' rights sign in with two steps.
    second_factor: bool = False
    feedback_email: str | None = None
    audit_database_url: str | None = field(default=None, repr=False)
    audit_anchor: Path | None = None
    # The address of the tables' owner, for the worker's duties and jobs of the system.
    owner_database_url: str | None = field(default=None, repr=False)
    # A copy of the database that figures are read from, if any, and how many days after its end a period of figures closes.
    reports_database_url: str | None = field(default=None, repr=False)
    reports_closing_days: int = 15
    # Opens `/metrics` to who is not on this machine.
    metrics_token: str | None = field(default=None, repr=False)
    # Whether a worker runs beside the service, started with it.
    runs_jobs: bool = True
    # What certificates of training are signed with, only where training is done, and the key they are verified by; 64 hexadecimal characters each.
    training_signing_key: str = field(default="", repr=False)
    training_certificate_key: str | None = None
    # Whether nobody applies for a right without a certificate of its path.
    requires_training: bool = False
    # For how many days access to the training environment is given, and of whose addresses it is given at once.
    training_days: int = 90
    training_domains: tuple[str, ...] = ()
    # Whether a granted right opens by itself, or waits for the national agency (681/2023 § 80.4).
    opens_rights: bool = True

    @property
    def is_production(self) -> bool:
        return self.environment == "production"

    @property
    def has_invented_persons_only(self) -> bool:
        return self.environment in ("demo", "training")

    @property
    def is_training(self) -> bool:
        return self.environment == "training"

    @property
    def has_tls(self) -> bool:
        """Tell whether cookies go by TLS only: a demonstration has none, the training environment has it where it is published."""
        return self.is_production or (self.is_training and (self.public_url or "").startswith("https://"))

    @property
    def cookie(self) -> str:
        """Give the name of the only cookie; a browser keeps cookies by host whatever the port, so that environments beside each other need their own."""
        return "koto_training_session" if self.is_training else "koto_session"

    def engine_options(self) -> dict[str, Any]:
        """Give what every connection to the database is opened with."""
        # Values of a statement are personal data: they must not reach a log or a page.
        # The ping before each request is a round trip of its own; it makes the first request after a restart work.
        options: dict[str, Any] = {"hide_parameters": True, "pool_pre_ping": True}
        if self.database_url.startswith("postgresql"):
            # A host that is gone answers nothing at all: give up before gunicorn kills the worker, and say so.
            # No prepared statements: after some runs PostgreSQL plans them without their values, and for a scoped page that
            # plan took thirty times as long. A pooler between transactions could not keep them either.
            options["connect_args"] = {"connect_timeout": 4, "prepare_threshold": None, "options": f"-c timezone={TIME_ZONE}"}
        return options

    def flask_config(self) -> dict[str, Any]:
        """Give the settings in the names Flask and its extensions read."""
        return {
            "SECRET_KEY": self.secret_key,
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            "SQLALCHEMY_ENGINE_OPTIONS": self.engine_options(),
            "FAB_CREATE_DB": False,
            "FAB_UPDATE_PERMS": False,
            "FAB_ADD_SECURITY_API": False,
            "FAB_ALLOW_GET_UNSAFE_MUTATIONS": False,
            "FAB_SECURITY_MANAGER_CLASS": "app.users.security.SecurityManager",
            "AUTH_TYPE": 1,
            "AUTH_RATE_LIMITED": True,
            "RATELIMIT_ENABLED": True,
            "AUTH_RATE_LIMIT": self.login_rate_limit,
            "NEW_CLIENT_RATE_LIMIT": self.new_client_rate_limit,
            "RATELIMIT_STORAGE_URI": self.redis_url or "memory://",
            # Redis away: each process counts for itself until it is back, rather than nobody gets in.
            "RATELIMIT_IN_MEMORY_FALLBACK_ENABLED": True,
            "WTF_CSRF_ENABLED": True,
            "WTF_CSRF_TIME_LIMIT": None,
            # The prefix makes a browser refuse the cookie from any other host and without TLS; a demonstration has none.
            "SESSION_COOKIE_NAME": f"__Host-{self.cookie}" if self.has_tls else self.cookie,
            "SESSION_COOKIE_SECURE": self.has_tls,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "MAX_CONTENT_LENGTH": 2 * 1024 * 1024,
            "BABEL_DEFAULT_LOCALE": "fi",
            "BABEL_DEFAULT_TIMEZONE": TIME_ZONE,
            "BABEL_TRANSLATION_DIRECTORIES": str(Path(__file__).parent / "translations"),
            "LANGUAGES": {"fi": {"flag": "fi", "name": "Suomi"}, "sv": {"flag": "sv", "name": "Svenska"}},
            "APP_NAME": "Koto-digi",
            "KOTO": self,
        }


def _value(env: Mapping[str, str], name: str) -> str | None:
    """Read NAME, or the content of the file that NAME_FILE points at."""
    path = env.get(f"{name}_FILE")
    if path:
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise SettingsError(f"{name}_FILE cannot be read") from error
    return env.get(name) or None


def _kept_secret(path: Path, make: str) -> str:
    """Give the secret kept in `path`, writing `make` there when the file does not exist yet."""
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(make)
        return make
    except FileExistsError:
        return path.read_text(encoding="utf-8").strip()


def _one_of(env: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str:
    """Give one of fixed words; the first one is the default."""
    value = env.get(name, choices[0])
    if value not in choices:
        raise SettingsError(f"{name} must be one of {', '.join(choices)}")
    return value


def _number(env: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    raw = env.get(name)
    if not raw:
        return default
    if not raw.isascii() or not raw.isdigit() or not low <= int(raw) <= high:
        raise SettingsError(f"{name} must be a whole number from {low} to {high}")
    return int(raw)


def _email(env: Mapping[str, str], name: str) -> str | None:
    """Give an address that can stand in a link as it is."""
    value = env.get(name)
    if value and not re.fullmatch(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", value):
        raise SettingsError(f"{name} must be one e-mail address")
    return value or None


def _domains(env: Mapping[str, str], name: str) -> tuple[str, ...]:
    """Give names of domains with white space or commas between them, in lower case."""
    found = tuple(env.get(name, "").lower().replace(",", " ").split())
    if not all(re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", domain) for domain in found):
        raise SettingsError(f"{name} must hold domains such as kunta.fi, with spaces between them")
    return found


def normal_dn(dn: str) -> str:
    """Give a distinguished name in one spelling: no spaces between its parts, lower case."""
    try:
        return str(ldap.dn.dn2str(ldap.dn.str2dn(dn.strip()))).lower()
    except ldap.DECODING_ERROR as error:
        raise SettingsError("KOTO_LDAP_GROUPS holds a text that is no distinguished name") from error


def _ldap(env: Mapping[str, str], production: bool) -> LdapSettings | None:
    url = env.get("KOTO_LDAP_URL")
    if not url:
        return None
    if not url.startswith(("ldap://", "ldaps://")):
        raise SettingsError("KOTO_LDAP_URL must begin with ldap:// or ldaps://")
    starttls = env.get("KOTO_LDAP_STARTTLS", "1") not in ("0", "false", "no")
    if production and url.startswith("ldap://") and not starttls:
        raise SettingsError("production demands STARTTLS or ldaps:// for the directory")
    search = env.get("KOTO_LDAP_SEARCH")
    bind_dn = env.get("KOTO_LDAP_BIND_DN")
    password = _value(env, "KOTO_LDAP_BIND_PASSWORD")
    if not (search and bind_dn and password):
        raise SettingsError("KOTO_LDAP_URL needs KOTO_LDAP_SEARCH, KOTO_LDAP_BIND_DN and KOTO_LDAP_BIND_PASSWORD")
    pairs = [line.rsplit("=>", 1) for line in env.get("KOTO_LDAP_GROUPS", "").split(";") if line.strip()]
    if any(len(pair) != 2 or "@" not in pair[1] for pair in pairs):
        raise SettingsError("KOTO_LDAP_GROUPS must read 'group DN => ROLE@organisation code; …'")
    return LdapSettings(
        url=url, search=search, bind_dn=bind_dn, bind_password=password,
        ca_file=env.get("KOTO_LDAP_CA_FILE"), starttls=starttls and url.startswith("ldap://"),
        group_map={normal_dn(dn): right.strip() for dn, right in pairs},
    )  # fmt: skip


def _smtp(env: Mapping[str, str], environment: str) -> SmtpSettings | None:
    """Give the mail server; training has none, whatever is set: its letters stay in the database and are read on a page."""
    url = _value(env, "KOTO_SMTP_URL")
    if not url or environment == "training":
        return None
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise SettingsError("KOTO_SMTP_URL must begin with smtp:// or smtps:// and name a server")
    sender = _email(env, "KOTO_MAIL_FROM")
    if not sender:
        raise SettingsError("KOTO_SMTP_URL needs KOTO_MAIL_FROM")
    is_tls = parts.scheme == "smtps"
    try:
        port = parts.port or (465 if is_tls else 25)
    except ValueError as error:
        raise SettingsError("KOTO_SMTP_URL has no usable port") from error
    return SmtpSettings(
        host=parts.hostname, port=port, sender=sender, is_tls=is_tls, starttls=not is_tls and parts.query == "starttls",
        username=unquote(parts.username) if parts.username else None, password=unquote(parts.password) if parts.password else None,
    )  # fmt: skip


def _second_factor(env: Mapping[str, str], production: bool) -> bool:
    """Tell whether the second step is asked; elsewhere than in production the accounts are shared, and it is off unless asked for."""
    value = env.get("KOTO_SECOND_FACTOR") or ("on" if production else "off")
    if value not in ("on", "off"):
        raise SettingsError("KOTO_SECOND_FACTOR must be on or off")
    if production and value == "off":
        raise SettingsError("production does not run with KOTO_SECOND_FACTOR off")
    return value == "on"


_OTHER_DATABASES = ("KOTO_AUDIT_DATABASE_URL", "KOTO_OWNER_DATABASE_URL", "KOTO_REPORTS_DATABASE_URL")


def _databases(env: Mapping[str, str], instance_dir: Path, production: bool) -> tuple[str, list[str | None]]:
    """Give the address of the database, and those that the log is read by, the owner works by and figures are read from where they differ."""
    url = _value(env, "KOTO_DATABASE_URL") or f"sqlite:///{instance_dir / 'koto.db'}"
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise SettingsError("KOTO_DATABASE_URL must begin with sqlite:/// or postgresql+psycopg://")
    if production and url.startswith("sqlite"):
        raise SettingsError("production does not run on SQLite: set KOTO_DATABASE_URL")
    others = [_value(env, name) for name in _OTHER_DATABASES]
    for name, other in zip(_OTHER_DATABASES, others, strict=True):
        if other and other.split(":")[0] != url.split(":")[0]:
            raise SettingsError(f"{name} must be an address of the database of KOTO_DATABASE_URL")
    return url, others


def _metrics_token(env: Mapping[str, str]) -> str | None:
    token = _value(env, "KOTO_METRICS_TOKEN")
    if token and not re.fullmatch(r"[!-~]{32,}", token):
        raise SettingsError("KOTO_METRICS_TOKEN must hold at least 32 letters, digits and signs, without spaces")
    return token or None


def _training(env: Mapping[str, str], environment: str, instance_dir: Path) -> dict[str, Any]:
    """Give the keys of certificates of training, the signing one made where training is done, and whether they are demanded."""
    signing, known = _value(env, "KOTO_TRAINING_SIGNING_KEY"), _value(env, "KOTO_TRAINING_CERTIFICATE_KEY")
    if environment == "training":
        signing = signing or _kept_secret(instance_dir / "training_key", secrets.token_hex(32))
    for name, key in (("KOTO_TRAINING_SIGNING_KEY", signing), ("KOTO_TRAINING_CERTIFICATE_KEY", known)):
        if key and not re.fullmatch(r"[0-9a-f]{64}", key):
            raise SettingsError(f"{name} must be 64 hexadecimal characters")
    if environment != "training" and signing:
        raise SettingsError("KOTO_TRAINING_SIGNING_KEY is for the training environment only")
    is_required = _one_of(env, "KOTO_REQUIRED_TRAINING", ("off", "on")) == "on"
    if is_required and not known:
        raise SettingsError("KOTO_REQUIRED_TRAINING needs KOTO_TRAINING_CERTIFICATE_KEY")
    return {"training_signing_key": signing or "", "training_certificate_key": known, "requires_training": is_required}


def load_settings(env: Mapping[str, str] | None = None) -> Settings:
    """Read and check the settings; raises `SettingsError` with the name of the setting that is wrong."""
    env = os.environ if env is None else env
    environment = _one_of(env, "KOTO_ENVIRONMENT", ENVIRONMENTS)
    production = environment == "production"
    instance_dir = Path(env.get("KOTO_INSTANCE_DIR") or Path(__file__).parent / "instance").resolve()
    instance_dir.mkdir(parents=True, exist_ok=True)
    database_url, (audit_database_url, owner_database_url, reports_database_url) = _databases(env, instance_dir, production)
    secret_key, keys = _value(env, "KOTO_SECRET_KEY"), _value(env, "KOTO_FIELD_KEYS")
    if production and not (secret_key and keys):
        raise SettingsError("production needs KOTO_SECRET_KEY and KOTO_FIELD_KEYS")
    secret_key = secret_key or _kept_secret(instance_dir / "secret_key", secrets.token_urlsafe(48))
    keys = keys or _kept_secret(instance_dir / "field_keys", Fernet.generate_key().decode())
    if len(secret_key) < 32:
        raise SettingsError("KOTO_SECRET_KEY must hold at least 32 characters")
    field_keys = tuple(keys.replace(",", " ").split())
    try:
        [Fernet(key) for key in field_keys]
    except ValueError as error:
        raise SettingsError("KOTO_FIELD_KEYS must hold Fernet keys, newest first") from error
    public_url = env.get("KOTO_PUBLIC_URL")
    if production and not (public_url or "").startswith("https://"):
        raise SettingsError("production needs KOTO_PUBLIC_URL beginning with https://")
    redis_url = _value(env, "KOTO_REDIS_URL")
    if redis_url and not redis_url.startswith(("redis://", "rediss://")):
        raise SettingsError("KOTO_REDIS_URL must begin with redis:// or rediss://")
    return Settings(
        environment=environment, instance_dir=instance_dir, database_url=database_url,
        secret_key=secret_key, field_keys=field_keys, public_url=public_url,
        host=env.get("KOTO_HOST", "127.0.0.1"), port=_number(env, "KOTO_PORT", 8080, 1, 65535),
        trusted_proxies=_number(env, "KOTO_TRUSTED_PROXIES", 0, 0, 5), redis_url=redis_url, metrics_token=_metrics_token(env), ldap=_ldap(env, production), smtp=_smtp(env, environment),
        login_rate_limit=env.get("KOTO_LOGIN_RATE_LIMIT", "10 per minute"), new_client_rate_limit=env.get("KOTO_NEW_CLIENT_RATE_LIMIT", "60 per hour"),
        open_rate_limit=env.get("KOTO_OPEN_RATE_LIMIT", "120 per minute"), api_rate_limit=env.get("KOTO_API_RATE_LIMIT", "600 per minute"), feedback_email=_email(env, "KOTO_FEEDBACK_EMAIL"),
        audit_database_url=audit_database_url, audit_anchor=Path(env.get("KOTO_AUDIT_ANCHOR") or instance_dir / "audit-anchor").resolve(),
        session_hours=_number(env, "KOTO_SESSION_HOURS", 10, 1, 16), session_idle_minutes=_number(env, "KOTO_SESSION_IDLE_MINUTES", 60, 10, 240),
        second_factor=_second_factor(env, production), reports_database_url=reports_database_url, reports_closing_days=_number(env, "KOTO_REPORTS_CLOSING_DAYS", 15, 0, 90),
        owner_database_url=owner_database_url, runs_jobs=_one_of(env, "KOTO_JOBS", ("on", "off")) == "on",
        opens_rights=_one_of(env, "KOTO_RIGHTS_OPENING", ("automatic", "agency")) == "automatic", **_training(env, environment, instance_dir),
        training_days=_number(env, "KOTO_TRAINING_DAYS", 90, 7, 365), training_domains=_domains(env, "KOTO_TRAINING_DOMAINS"),
    )  # fmt: skip
