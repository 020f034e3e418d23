"""Settings refuse nonsense at start, and secrets stay out of what is printed."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from config import SettingsError, load_settings

PRODUCTION = {
    "KOTO_ENVIRONMENT": "production", "KOTO_DATABASE_URL": "postgresql+psycopg://x@localhost/koto", "KOTO_SECRET_KEY": "s" * 48,
    "KOTO_FIELD_KEYS": Fernet.generate_key().decode(), "KOTO_PUBLIC_URL": "https://koto.invalid",
}  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        {"KOTO_ENVIRONMENT": "prod"}, {"KOTO_PORT": "0"}, {"KOTO_PORT": "٨٠"}, {"KOTO_PORT": "x"}, {"KOTO_DATABASE_URL": "mysql://x"},
        {"KOTO_SECRET_KEY": "short"}, {"KOTO_FIELD_KEYS": "nonsense"}, {"KOTO_SECRET_KEY_FILE": "/no/such/file"},
        {"KOTO_LDAP_URL": "http://x"}, {"KOTO_REDIS_URL": "http://x"}, {"KOTO_LDAP_URL": "ldap://x"}, {"KOTO_TRUSTED_PROXIES": "-1"},
        {"KOTO_METRICS_TOKEN": "t" * 31}, {"KOTO_METRICS_TOKEN": "t " * 20}, {"KOTO_METRICS_TOKEN": "ä" * 40}, {"KOTO_SECOND_FACTOR": "yes"}, {"KOTO_SESSION_HOURS": "17"}, {"KOTO_SESSION_IDLE_MINUTES": "5"}, {"KOTO_FEEDBACK_EMAIL": "nobody"}, {"KOTO_FEEDBACK_EMAIL": "a@b.fi?cc=c@d.fi"}, {"KOTO_FEEDBACK_EMAIL": "a@b.fi, c@d.fi"},
    ],
)  # fmt: skip
def test_nonsense_is_refused(tmp_path: Path, change: dict[str, str]) -> None:
    with pytest.raises(SettingsError, match="KOTO_"):
        load_settings({"KOTO_INSTANCE_DIR": str(tmp_path), **change})


@pytest.mark.parametrize("missing", ["KOTO_SECRET_KEY", "KOTO_FIELD_KEYS", "KOTO_PUBLIC_URL", "KOTO_DATABASE_URL"])
def test_production_needs_its_own(tmp_path: Path, missing: str) -> None:
    whole = {"KOTO_INSTANCE_DIR": str(tmp_path), **PRODUCTION}
    assert load_settings(whole).is_production
    with pytest.raises(SettingsError):
        load_settings({name: value for name, value in whole.items() if name != missing})


def test_the_second_factor_is_on_in_production_and_only_there_unasked(tmp_path: Path) -> None:
    home = {"KOTO_INSTANCE_DIR": str(tmp_path)}
    assert load_settings({**home, **PRODUCTION}).second_factor and not load_settings(home).second_factor
    assert not load_settings({**home, "KOTO_ENVIRONMENT": "training"}).second_factor
    assert load_settings({**home, "KOTO_SECOND_FACTOR": "on"}).second_factor
    with pytest.raises(SettingsError, match="KOTO_SECOND_FACTOR"):
        load_settings({**home, **PRODUCTION, "KOTO_SECOND_FACTOR": "off"})


def test_the_cookie_of_production_is_bound_to_its_host(tmp_path: Path) -> None:
    config = load_settings({"KOTO_INSTANCE_DIR": str(tmp_path), **PRODUCTION}).flask_config()
    assert config["SESSION_COOKIE_NAME"].startswith("__Host-") and config["SESSION_COOKIE_SECURE"] and config["SESSION_COOKIE_HTTPONLY"]
    assert "SESSION_COOKIE_DOMAIN" not in config and "SESSION_COOKIE_PATH" not in config


def test_the_token_of_metrics_can_stand_in_a_file_and_is_not_printed(tmp_path: Path) -> None:
    home, token = {"KOTO_INSTANCE_DIR": str(tmp_path)}, "0123456789abcdef" * 2
    assert load_settings(home).metrics_token is None
    (tmp_path / "token").write_text(f"{token}\n")
    for given in ({"KOTO_METRICS_TOKEN": token}, {"KOTO_METRICS_TOKEN_FILE": str(tmp_path / "token")}):
        settings = load_settings({**home, **given})
        assert settings.metrics_token == token and token not in repr(settings)


def test_secrets_are_not_printed(tmp_path: Path) -> None:
    settings = load_settings({"KOTO_INSTANCE_DIR": str(tmp_path), **PRODUCTION})
    assert "s" * 48 not in repr(settings) and PRODUCTION["KOTO_FIELD_KEYS"] not in repr(settings)


def test_secrets_are_made_once_and_kept_for_the_owner_only(tmp_path: Path) -> None:
    first, second = (load_settings({"KOTO_INSTANCE_DIR": str(tmp_path)}) for _time in range(2))
    assert first.secret_key == second.secret_key and first.field_keys == second.field_keys
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_the_lock_holds_the_serializer_that_starts() -> None:
    lock = (Path(__file__).parents[2] / "requirements.txt").read_text()
    assert "\nmarshmallow==3." in lock and "\nmarshmallow-sqlalchemy==1.5." in lock
    assert "--hash=sha256:" in lock and "://" not in lock


def test_certificates_of_training_are_signed_where_training_is_done_and_only_there(tmp_path: Path) -> None:
    home, key = {"KOTO_INSTANCE_DIR": str(tmp_path)}, "0f" * 32
    training = {**home, "KOTO_ENVIRONMENT": "training"}
    assert load_settings(home).training_signing_key == ""
    assert len(load_settings(training).training_signing_key) == 64 and load_settings(training).training_signing_key == load_settings(training).training_signing_key
    assert (tmp_path / "training_key").stat().st_mode & 0o077 == 0
    assert key not in repr(load_settings({**training, "KOTO_TRAINING_SIGNING_KEY": key}))
    assert load_settings({**home, "KOTO_REQUIRED_TRAINING": "on", "KOTO_TRAINING_CERTIFICATE_KEY": key}).requires_training
    for wrong in ({"KOTO_TRAINING_SIGNING_KEY": key}, {"KOTO_REQUIRED_TRAINING": "on"}, {"KOTO_TRAINING_CERTIFICATE_KEY": "x"}, {"KOTO_REQUIRED_TRAINING": "yes"}):
        with pytest.raises(SettingsError, match="KOTO_"):
            load_settings({**home, **wrong})
