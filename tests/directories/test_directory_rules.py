"""Realms, addresses, filters and names: what is good, what is refused, and in which one spelling it is kept."""

from __future__ import annotations

import pytest

from app.directories.rules import (
    account_name,
    broken_url,
    filter_for,
    is_attribute,
    is_dn,
    is_filter,
    normal_dn,
    normal_realm,
    shown_realm,
    split_account,
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("kunta.fi", "kunta.fi"), (" KUNTA.fi. ", "kunta.fi"), ("käyttö.fi", "xn--kytt-loa5i.fi"), ("KÄYTTÖ.FI", "xn--kytt-loa5i.fi"),
        ("kunta", None), ("", None), ("kun ta.fi", None), ("-kunta.fi", None), ("kunta..fi", None), ("kunta.fi/x", None), ("a@b.fi", None), ("k" * 64 + ".fi", None),
        (".".join(["kunta"] * 12), None), ("kunta.fiX", "kunta.fix"), ("k" * 57 + ".fi", "k" * 57 + ".fi"), ("k" * 58 + ".fi", None),
    ],
)  # fmt: skip
def test_a_realm_has_one_spelling(typed: str, kept: str | None) -> None:
    assert normal_realm(typed) == kept


def test_a_realm_is_shown_as_people_write_it() -> None:
    assert (shown_realm("xn--kytt-loa5i.fi"), shown_realm("kunta.fi")) == ("käyttö.fi", "kunta.fi")


@pytest.mark.parametrize(
    ("typed", "name", "realm"),
    [
        ("maija@kunta.fi", "maija", "kunta.fi"), ("maija", "maija", None), ("a@b@KUNTA.fi", "a@b", "kunta.fi"), ("@kunta.fi", "@kunta.fi", None),
        ("maija@", "maija@", None), ("maija@palvelin", "maija@palvelin", None),
    ],
)  # fmt: skip
def test_the_realm_stands_behind_the_last_at(typed: str, name: str, realm: str | None) -> None:
    assert split_account(typed) == (name, realm)


@pytest.mark.parametrize(
    ("name", "kept"),
    [("Maija", "maija@kunta.fi"), ("Maija@Kunta.fi", "maija@kunta.fi"), ("maija@ad.local", "maija@ad.local@kunta.fi"), ("x" * 64, "x" * 64 + "@kunta.fi"), ("x" * 65, None), (" ", None), ("a\0", None)],
)
def test_an_account_is_kept_with_its_realm(name: str, kept: str | None) -> None:
    assert account_name(name, "kunta.fi") == kept


@pytest.mark.parametrize("good", ["(uid={username})", "(&(ou=X)(uid={username}))", "(&(objectClass=user)(sAMAccountName={username}))", "(userPrincipalName={username}@kunta.fi)"])
def test_a_good_filter(good: str) -> None:
    assert is_filter(good)


@pytest.mark.parametrize(
    "bad",
    ["", "(uid=x)", "uid=x", "uid={username}{username}", "({username}=x)", "({username})", "(uid={username}", "(uid={username}))(", "(uid={user})({username}=)",
     "(|(uid={username})(mail={username}))", "(uid={0}{username})", "(&(uid={username})(a=b)"],
)  # fmt: skip
def test_a_bad_filter(bad: str) -> None:
    assert not is_filter(bad)


@pytest.mark.parametrize("name", ["*", "a)(b=c", "\\", "a\0b"])
def test_a_name_stays_a_value(name: str) -> None:
    found = filter_for("(uid={username})", name)
    assert found.count("(") == found.count(")") == 1 and "*" not in found and "\0" not in found


@pytest.mark.parametrize(
    ("url", "starttls", "rule"),
    [
        ("ldaps://ad.kunta.fi", False, None), ("ldaps://ad.kunta.fi:3269", True, None), ("ldap://ad.kunta.fi", True, None), ("ldap://ad.kunta.fi", False, "TLS"),
        ("http://ad.kunta.fi", True, "URL"), ("ldapi://%2Fvar%2Frun", True, "URL"), ("ldaps://", True, "URL"), ("ldaps://a.fi/dc=x", True, "URL"),
        ("ldaps://user:secret@a.fi", True, "URL"), ("ldaps://a.fi ldap://b.fi", True, "URL"), ("ldaps://a.fi:99999", True, "URL"), ("ldaps://a.fi?x", True, "URL"),
        ("ldap://127.0.0.1:389", True, "OWN_MACHINE"), ("ldap://localhost", False, "OWN_MACHINE"), ("ldaps://[::1]", True, "OWN_MACHINE"),
        ("ldaps://169.254.169.254", True, "OWN_MACHINE"), ("ldaps://directory.localhost", True, "OWN_MACHINE"), ("ldaps://ad.kunta.fi/", True, None),
        ("ldaps://ad.kunta.fi/X", True, "URL"), ("ldaps://käyttö.fi", True, "URL"), ("ldaps://a'b.fi", True, "URL"), ("ldaps://a.fi\\b", True, "URL"),
    ],
)  # fmt: skip
def test_an_address_in_production(url: str, starttls: bool, rule: str | None) -> None:
    assert broken_url(url, starttls=starttls, is_production=True) == rule


def test_outside_production_the_own_machine_may_be_asked_in_the_clear() -> None:
    assert broken_url("ldap://127.0.0.1:389", starttls=False, is_production=False) is None
    assert broken_url("ldap://ad.kunta.fi", starttls=False, is_production=False) == "TLS"


@pytest.mark.parametrize(("one", "other"), [("CN=Koto, OU=Groups,dc=X", "cn=koto,ou=groups,dc=x"), ("cn=a\\2cb,dc=x", "CN=A\\,b,DC=x"), ("not a name", "NOT A NAME ")])
def test_names_that_differ_by_case_or_spaces_are_one(one: str, other: str) -> None:
    assert normal_dn(one) == normal_dn(other)


def test_the_one_spelling_of_a_name_is_in_small_letters() -> None:
    assert (normal_dn(" CN=Koto, OU=Groups "), normal_dn("Not a name ")) == ("cn=koto,ou=groups", "not a name")


def test_names_and_attributes() -> None:
    assert is_dn("ou=people,dc=kunta,dc=fi") and not is_dn("people") and not is_dn(" ")
    assert is_attribute("sAMAccountName") and not is_attribute("a b") and not is_attribute("*") and not is_attribute("userPassword") and not is_attribute("UNICODEPWD")


@pytest.mark.parametrize("name", ["userPassword", "unicodePwd", "sambaNTPassword", "sambaLMPassword", "krbPrincipalKey", "ms-Mcs-AdmPwd"])
def test_what_is_kept_of_a_password_is_never_read(name: str) -> None:
    assert not is_attribute(name) and not is_attribute(name.lower()) and not is_attribute(name.upper()) and is_attribute(f"{name}X")
