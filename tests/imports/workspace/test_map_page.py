"""From a file to a mapping through the pages: what it holds, what its columns become, and what is kept for the next time."""

from __future__ import annotations

import html
import re

from app.imports.mapping.mapping import Mapping
from app.imports.models import ImportMapping, ImportSheet
from tests.imports.workspace.leading import Lead

CLIENTS = (
    "Asiakasnumero;Sukunimi;Etunimet;Syntymäaika;Äidinkieli;Uskonto;Outo sarake\n"
    "A1;Keksitty;Kaija;1.2.1980;suomi;x;1\nA2;Keksitty;Kalle;3.4.1990;venaja;x;2\n"
).encode("cp1252")


def fields_of(page: str) -> dict[str, str]:
    """Give what the page's form would send."""
    form = page[page.index('id="main-form"') :]
    found = {name: html.unescape(value) for name, value in re.findall(r'<input type="(?:text|hidden|date)"[^>]*?name="([^"]+)" value="([^"]*)"', form)}
    for name, options in re.findall(r'<select id="[^"]+" name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        found[name] = html.unescape(chosen.group(1)) if chosen else ""
    return found


def brought(bengt: Lead, content: bytes = CLIENTS) -> str:
    batch = bengt.begin()
    assert bengt.bring(batch, asiakkaat_csv=content).status_code == 303
    return bengt.sheets(batch)[0]


def test_the_profile_shows_rows_and_masks_samples(bengt: Lead) -> None:
    batch = bengt.begin()
    bengt.bring(batch, asiakkaat_csv=CLIENTS)
    page = bengt.get(f"/imports/file/show/{bengt.files(batch)[0]}").text
    assert "Windows-1252 (päätelty)" in page and "Kaija" in page and "Aaaaa" in page and "100 %" in page
    assert 'name="encoding"' in page and 'name="delimiter"' in page


def test_a_file_is_read_by_other_choices(bengt: Lead) -> None:
    batch = bengt.begin()
    bengt.bring(batch, asiakkaat_csv=b"turha otsikko\n" + CLIENTS)
    file = bengt.files(batch)[0]
    bengt.get(f"/imports/file/show/{file}")
    assert bengt.post(f"/imports/file/edit/{file}", encoding="cp850", delimiter=";", header_row="0").status_code == 422
    assert bengt.post(f"/imports/file/edit/{file}", encoding="cp850", delimiter=";", header_row="2").status_code == 303
    page = bengt.get(f"/imports/file/show/{file}").text
    assert "DOS 850" in page and "Windows-1252 (päätelty)" not in page and "Kaija" in page


def test_a_file_that_cannot_be_read_says_why(bengt: Lead) -> None:
    batch = bengt.begin()
    bengt.bring(batch, kuva_csv=b"\x89PNG\r\n\x1a\n" + bytes(200))
    page = bengt.get(f"/imports/file/show/{bengt.files(batch)[0]}")
    assert page.status_code == 200 and "unusable" in page.text and "findings-table" in page.text


def test_a_suggested_mapping_is_completed_and_saved(bengt: Lead) -> None:
    sheet = brought(bengt)
    page = bengt.get(f"/imports/sheet/edit/{sheet}").text
    fields = fields_of(page)
    assert [fields[f"c{n}"] for n in range(7)] == ["source_key", "family_name", "given_names", "birth_date", "mother_tongue", "-", ""]
    refused = bengt.post(f"/imports/sheet/edit/{sheet}", **fields)
    assert refused.status_code == 422 and 'href="#c6"' in refused.text and 'id="c6-error"' in refused.text and bengt.kept(ImportSheet, sheet).mapping is None
    fields |= {"c6": "-", "r6": "Vanhan järjestelmän omaa", "f.service_language": "fi", "s.service_language": "Kunnan kieli", "action": "keep", "share": "y"}
    assert bengt.post(f"/imports/sheet/edit/{sheet}", **fields).status_code == 303
    kept = bengt.kept(ImportSheet, sheet)
    mapping = Mapping.from_json(kept.mapping)
    assert (kept.entity, mapping.skipped["Outo sarake"], mapping.source_of("service_language").default) == ("client", "Vanhan järjestelmän omaa", "fi")
    assert bengt.kept(ImportMapping, kept.mapping_id).is_shared
    report = bengt.get(f"/imports/sheet/edit/{sheet}").text
    assert all(f'id="{part}"' in report for part in ("fits", "loses", "no-place", "missing"))


def test_an_earlier_mapping_fills_the_form(bengt: Lead) -> None:
    sheet = brought(bengt)
    fields = fields_of(bengt.get(f"/imports/sheet/edit/{sheet}").text) | {"c6": "phone", "action": "keep"}
    assert bengt.post(f"/imports/sheet/edit/{sheet}", **fields).status_code == 303
    kept, other = bengt.kept(ImportSheet, sheet).mapping_id, brought(bengt)
    assert kept in bengt.get(f"/imports/sheet/edit/{other}").text
    assert fields_of(bengt.get(f"/imports/sheet/edit/{other}?kept={kept}").text)["c6"] == "phone"
    assert bengt.kept(ImportSheet, other).mapping is None


def test_another_entity_shows_its_fields_and_loses_nothing_saved(bengt: Lead) -> None:
    sheet = brought(bengt)
    fields = fields_of(bengt.get(f"/imports/sheet/edit/{sheet}").text)
    page = bengt.post(f"/imports/sheet/edit/{sheet}", **{**fields, "what": "note"})
    assert page.status_code == 200 and fields_of(page.text)["of"] == "note" and bengt.kept(ImportSheet, sheet).mapping is None


def test_a_sheet_is_left_out_only_with_a_reason(bengt: Lead) -> None:
    sheet = brought(bengt)
    fields = fields_of(bengt.get(f"/imports/sheet/edit/{sheet}").text) | {"what": "-"}
    assert bengt.post(f"/imports/sheet/edit/{sheet}", **{**fields, "why": " "}).status_code == 422
    assert bengt.post(f"/imports/sheet/edit/{sheet}", **{**fields, "why": "Vain tilastoja"}).status_code == 303
    assert bengt.kept(ImportSheet, sheet).reason == "Vain tilastoja"


def test_what_was_typed_stays_when_the_language_is_switched(bengt: Lead) -> None:
    sheet = brought(bengt)
    fields = fields_of(bengt.get(f"/imports/sheet/edit/{sheet}").text) | {"r6": "Kesken"}
    page = bengt.post(f"/imports/sheet/edit/{sheet}", **fields, _language="sv")
    assert 'lang="sv"' in page.text and fields_of(page.text)["r6"] == "Kesken"
