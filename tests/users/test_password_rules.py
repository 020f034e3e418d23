"""Which passwords a local account may have: long and hard to guess, on each side of each limit."""

from __future__ import annotations

import pytest

from app.demo.accounts import DEMO_PASSWORD
from app.users.password_rules import CONTEXT_WORDS, HASH_METHOD, LONGEST, SHORTEST, Weakness, weakness_of

GOOD = "sininen polkupyörä katolla"
OWN = ("eeva", "Eeva", "Eskola", "Vantaa", "Vanda")


@pytest.mark.parametrize(
    "password",
    [GOOD, "correct horse battery staple", "kolme väsynyttä hevosta", "三匹の馬が夜に歩いていた寒い冬の道", "vgqpxwmzkhrtbnc", "7391846205528374610",
     "tre trötta hästar på taket", "x" * 50 + "Jokin muu lause tähän"],
)  # fmt: skip
def test_any_long_password_of_any_characters_is_taken(password: str) -> None:
    assert weakness_of(password, OWN) is None


@pytest.mark.parametrize(
    ("password", "weakness"),
    [("väsynyt hevonen"[:14], Weakness.SHORT), ("", Weakness.SHORT), ("ab" * 65, Weakness.LONG), ("password12345678", Weakness.GUESSABLE),
     ("qwertyuiopasdfgh", Weakness.GUESSABLE), ("aaaaaaaaaaaaaaaaaaaa", Weakness.GUESSABLE), ("kotodigi20262026", Weakness.GUESSABLE),
     ("Koto-digi Koto-digi", Weakness.GUESSABLE), ("eskolaeskolaeskola", Weakness.GUESSABLE), ("Vantaa Vantaa 2026", Weakness.GUESSABLE),
     ("kotoutuminen1234", Weakness.GUESSABLE), (DEMO_PASSWORD, Weakness.GUESSABLE), ("salasanasalasana", Weakness.GUESSABLE), ("123456789012345678", Weakness.GUESSABLE)],
)  # fmt: skip
def test_short_long_and_guessable_ones_are_not(password: str, weakness: Weakness) -> None:
    assert weakness_of(password, OWN) is weakness


def test_the_context_words_make_the_difference() -> None:
    assert "kotoutuminen" in CONTEXT_WORDS and SHORTEST >= 15 and LONGEST >= 64
    named = "rautavaara-pielavesi"
    assert weakness_of(named, OWN) is None and weakness_of(named, ("Rautavaara", "Pielavesi")) is Weakness.GUESSABLE


def test_the_lengths_themselves_are_good() -> None:
    assert weakness_of("vgqpxwmzkhrtbnc"[:15], ()) is None and weakness_of("vgqpxwmzkhrtbn", ()) is Weakness.SHORT
    assert weakness_of("vgqpxwmzkhrtbnc " * 8, ()) is None and weakness_of("vgqpxwmzkhrtbnc " * 8 + "x", ()) is Weakness.LONG


@pytest.mark.parametrize(
    ("password", "name", "is_guessable"),
    [
        ("pielavesi rautavaara", "Rautavaara-Pielavesi", True), ("pielavesi rautavaara", "Rautavaara Pielavesi", True), ("pielavesi rautavaara", "Niemi", False),
        # Two letters are too common to hold against a password.
        ("hevonenwxqvzqvz", "Qvz", True), ("qvqvqvqvqvhevonenhevonenqv", "Qv", False),
    ],
)  # fmt: skip
def test_each_part_of_a_name_of_three_letters_or_more_counts(password: str, name: str, is_guessable: bool) -> None:
    assert weakness_of(password, ()) is None
    assert weakness_of(password, (name,)) is (Weakness.GUESSABLE if is_guessable else None)


def test_the_words_of_the_service_and_the_hash_stand_as_they_were_chosen() -> None:
    words = """koto koto-digi kotodigi kotoutuminen kotoutumissuunnitelma kotouttaminen integration integrationsplan maahanmuutto invandring maahanmuuttaja
        asiakas klient kunta kommun salasana lösenord losenord hyvinvointialue välfärdsområde kehitys palvelu tjänst suomi finland sverige
        syksy kevät kesä talvi vinter sommar vår höst"""
    assert set(CONTEXT_WORDS) >= set(words.split()) and HASH_METHOD == "scrypt:32768:8:3"
