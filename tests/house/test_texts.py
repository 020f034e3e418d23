"""Every text has a Finnish and a Swedish translation that fills in the same places."""

from __future__ import annotations

from io import BytesIO

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from app.texts.catalogue import LANGUAGES, as_po, catalogue_path, extract, load, merge, placeholders, problems

MANY = ("%(num)d client", "%(num)d clients")


@pytest.fixture(scope="module")
def template() -> Catalog:
    return extract()


def invented(**changed: object) -> tuple[Catalog, Catalog]:
    """Give a template and a faultless Swedish catalogue with one text changed; None leaves the text out."""
    texts: dict[str, tuple[str | tuple[str, str], object]] = {
        "plain": ("Save", "Spara"), "named": ("Hello %(name)s", "Hej %(name)s"), "placed": ("Field '%s'", "Fältet ”%s”"),
        "braced": ("Found {count}", "Hittade {count}"), "many": (MANY, ("%(num)d kund", "%(num)d kunder")),
    }  # fmt: skip
    wanted, given = Catalog(), Catalog(locale="sv")
    for name, (text, translation) in texts.items():
        wanted.add(text)
        translation = changed.get(name, translation)
        if translation is not None:
            given.add(text, translation)
    return wanted, given


def test_a_faultless_catalogue_has_no_problems() -> None:
    assert problems(*invented()) == []


@pytest.mark.parametrize(
    ("name", "translation", "problem"),
    [
        ("plain", None, "missing: 'Save'"),
        ("plain", "", "empty: 'Save'"),
        ("plain", " ", "empty: 'Save'"),
        ("many", ("%(num)d kund", ""), "empty: '%(num)d client'"),
        ("named", "Hej", "placeholders differ: 'Hello %(name)s'"),
        ("named", "Hej %(namn)s", "placeholders differ: 'Hello %(name)s'"),
        ("named", "Hej %(name)d", "placeholders differ: 'Hello %(name)s'"),
        ("plain", "Spara %s", "placeholders differ: 'Save'"),
        ("placed", "Fältet", 'placeholders differ: "Field \'%s\'"'),
        ("braced", "Hittade {antal}", "placeholders differ: 'Found {count}'"),
        ("many", ("En kund", "%(num)d kunder"), "placeholders differ: '%(num)d client'"),
        ("many", ("%(num)d kund", "%(antal)d kunder"), "placeholders differ: '%(num)d client'"),
    ],
)
def test_the_check_can_fail(name: str, translation: object, problem: str) -> None:
    assert problems(*invented(**{name: translation})) == [problem]


def test_the_check_fails_on_a_fuzzy_text() -> None:
    wanted, given = invented()
    given["Save"].flags.add("fuzzy")
    assert problems(wanted, given) == ["fuzzy: 'Save'"]


def test_a_singular_may_leave_out_the_number_only_as_its_id_does() -> None:
    wanted, given = Catalog(), Catalog(locale="sv")
    wanted.add(("One client", "%(num)d clients"))
    for singular in ("En kund", "%(num)d kund"):
        given.add(("One client", "%(num)d clients"), (singular, "%(num)d kunder"))
        assert problems(wanted, given) == []


def test_a_per_cent_sign_is_no_placeholder() -> None:
    assert placeholders("100 %, 25 % of %(all)s, 5 %%") == ["%(all)s"]


def test_merging_keeps_translations_and_guesses_none() -> None:
    wanted, given = invented()
    wanted.add("Save it")
    merged = merge(wanted, given, "sv")
    assert merged["Save"].string == "Spara"
    assert problems(wanted, merged) == ["empty: 'Save it'"]


def test_the_template_holds_the_texts_of_every_origin(template: Catalog) -> None:
    origins = {place.split("/")[0] for message in template if message.id for place, _line in message.locations}
    assert origins >= {"app", "flask_appbuilder", "wtforms", "flask_login"}
    places = [place for message in template for place, _line in message.locations]
    assert not [place for place in places if place.startswith(("/", "."))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_is_complete(template: Catalog, language: str) -> None:
    assert problems(template, load(language)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_is_as_update_writes_it(language: str) -> None:
    written = catalogue_path(language).read_bytes()
    again = read_po(BytesIO(written), locale=language)
    assert as_po(merge(again, again, language), language) == written
