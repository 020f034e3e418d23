"""The page of the specification, its files, and the command that gives them."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook

from app.imports.specification.catalogue import catalogue
from tests.support.app import Browser

PAGE = "/imports/specification/"


@pytest.mark.parametrize(("language", "word"), [("fi", "Ensimmäinen lupa tai rekisteröinti"), ("sv", "Första tillståndet eller registreringen")])
def test_it_tells_of_every_sheet_field_and_rule(sqlite_app: Flask, language: str, word: str) -> None:
    bengt = Browser(sqlite_app).sign_in("bengt")
    bengt.get(f"/lang/{language}")
    page = bengt.get(PAGE)
    assert page.status_code == 200 and word in page.text
    assert page.text.count("<details", page.text.index("<main")) == len(catalogue())
    for entity in catalogue():
        assert f'id="{entity.key}-fields"' in page.text
    assert "28.2.2027" in page.text


def test_its_files_are_in_the_language_of_the_reader(sqlite_app: Flask) -> None:
    eeva = Browser(sqlite_app).sign_in("eeva")
    for language, sheet in (("sv", "Kunder"), ("fi", "Asiakkaat")):
        eeva.get(f"/lang/{language}")
        answer = eeva.client.get(f"{PAGE}file/xlsx")
        assert sheet in CalamineWorkbook.from_filelike(BytesIO(answer.data)).sheet_names
    assert eeva.client.get(f"{PAGE}file/csv").data[:2] == b"PK"
    assert eeva.client.get(f"{PAGE}file/json").is_json
    assert eeva.client.get(f"{PAGE}file/pdf").status_code == 404


def test_it_is_for_those_who_prepare_the_moving_in(sqlite_app: Flask) -> None:
    for name in ("aino", "veera", "pekka", "lotta"):
        browser = Browser(sqlite_app).sign_in(name)
        assert browser.get(PAGE).status_code == 403, name
        assert browser.client.get(f"{PAGE}file/xlsx").status_code == 403, name


def test_the_command_gives_the_file(sqlite_app: Flask, tmp_path: Path) -> None:
    run = sqlite_app.test_cli_runner()
    for form in ("xlsx", "csv", "json"):
        shown = run.invoke(args=["imports", "spec", "--format", form, "--lang", "sv"])
        kept = run.invoke(args=["imports", "spec", "--format", form, "--lang", "sv", "--out", str(tmp_path / form)])
        assert (shown.exit_code, kept.exit_code, kept.output) == (0, 0, "")
        if form != "xlsx":
            # A workbook holds the moment it was made.
            assert shown.stdout_bytes == (tmp_path / form).read_bytes()
    assert run.invoke(args=["imports", "spec", "--format", "pdf", "--lang", "sv"]).exit_code == 2
    assert run.invoke(args=["imports", "spec", "--format", "csv", "--lang", "en"]).exit_code == 2
