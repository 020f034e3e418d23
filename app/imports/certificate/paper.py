"""The certificate in words: the same parts for the page and for the PDF."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from flask import render_template
from flask_babel import format_date, format_datetime, get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.pdf import tagged_pdf
from app.imports.engine.entities import by_key
from app.imports.reading.labels import SENTENCES
from app.imports.specification.rules import TEXTS
from app.imports.workspace.finding_labels import GROUP_OF, GROUPS
from app.obligations.labels import what_of

OUTCOMES: dict[str, Any] = {
    "in": _l("In the files"), "created": _l("Created"), "updated": _l("Updated"), "joined": _l("Joined to a client here"), "unchanged": _l("Here already, the same"),
    "skipped": _l("Skipped: an example, the same row twice, or deleted here since"), "stopped": _l("Left out because of a finding"),
    "failed": _l("Refused by the database"), "waiting": _l("Not tried yet"),
}  # fmt: skip


@dataclass(frozen=True)
class Part:
    """A table under a heading; `lead` says what it means, or why it is empty."""

    title: str
    lead: str
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def facts(document: dict[str, Any], signer: str = "") -> list[tuple[str, str]]:
    """Give what the certificate is about, name and text."""
    name = document["organisation"]["sv" if get_locale().language == "sv" else "fi"]
    signed = _("%(name)s, %(moment)s", name=signer, moment=_moment(document["signed_at"])) if document["signed_at"] else _("Not signed yet")
    return [
        (_("Municipality"), name), (_("Batch"), f"{document['name']} ({document['batch']})"), (_("Old system"), document["product"]),
        (_("Version of the specification"), document["specification"] or ""), (_("Moved in"), _moment(document["committed_at"])),
        (_("Counted and compared"), _moment(document["made_at"])), (_("Signed"), signed),
    ]  # fmt: skip


def _moment(text: str | None) -> str:
    return format_datetime(datetime.fromisoformat(text), "short") if text else ""


def parts(document: dict[str, Any]) -> list[Part]:
    """Give the tables of the certificate in the language in force."""
    return [_files(document), _counts(document), _reasons(document), _sheets(document), _fields(document), _checksums(document), *_flight(document)]


def _label(entity: str | None) -> str:
    return str(by_key()[entity].label) if entity in by_key() else ""


def _files(document: dict[str, Any]) -> Part:
    rows = tuple((one["name"], f"{one['bytes']}", one["sha256"]) for one in document["files"])
    return Part(_("Files"), _("What was handed in. The checksum tells whether a file is the same."), (_("Name"), _("Bytes"), _("Checksum (SHA-256)")), rows)


def _counts(document: dict[str, Any]) -> Part:
    found = document["counts"]
    used = [name for name in OUTCOMES if any(numbers.get(name) for numbers in found["entities"].values())]
    rows = tuple((_label(entity), *(str(numbers.get(name, 0)) for name in used)) for entity, numbers in found["entities"].items())
    lead = _("Every row is counted once. %(unread)s rows could not be read, and %(left)s rows stand on sheets that are not brought.", unread=found["unread"], left=found["left_out"])
    return Part(_("What came in and what did not"), lead, (_("Data"), *(str(OUTCOMES[name]) for name in used)), rows)


def _reasons(document: dict[str, Any]) -> Part:
    rows = tuple((_reason(one["code"]), str(GROUPS[GROUP_OF.get(one["tier"], "WARNING")]), str(one["findings"])) for one in document["left_out"])
    lead = _("The findings of reading, of the rules and of the writing.") if rows else _("Nothing was found.")
    return Part(_("Findings"), lead, (_("Reason"), _("What it does"), _("Number")), rows)


def _reason(code: str) -> str:
    if code in TEXTS:
        return str(TEXTS[code])
    return str(SENTENCES[code].reason) if code in SENTENCES else _("A rule of the law (%(rule)s)", rule=code.removeprefix("LAW:"))


def _sheets(document: dict[str, Any]) -> Part:
    rows = []
    for sheet in document["sheets"]:
        rows.append((sheet["name"], str(sheet["rows"]), _label(sheet["entity"]) or _("Not brought: %(reason)s", reason=sheet["reason"] or _("no reason given"))))
        rows += [(f"{sheet['name']}: {column}", "", _("Not brought: %(reason)s", reason=reason)) for column, reason in sheet["columns_left_out"].items()]
    return Part(_("Sheets and columns"), _("What each sheet became, and which columns were left out and why."), (_("Sheet"), _("Rows"), _("Became")), tuple(rows))


def _fields(document: dict[str, Any]) -> Part:
    rows = []
    for entity, found in document["compared"].items():
        names = {field.key: str(field.label) for field in by_key()[entity].fields}
        rows += [(_label(entity), names.get(name, name), *(str(numbers[part]) for part in ("in", "same", "otherwise"))) for name, numbers in found["fields"].items()]
    lead = _("Every value of every row that came in was compared with the record here. A value is otherwise when somebody has changed it here, or the client was here already.")
    return Part(_("Field by field"), lead, (_("Data"), _("Field"), _("In the files"), _("The same here"), _("Otherwise here")), tuple(rows))


def _checksums(document: dict[str, Any]) -> Part:
    rows = tuple(
        (_label(entity), found["checksum_source"][:16], found["checksum_records"][:16], _("The same") if found["is_same"] else _("Not the same"))
        for entity, found in document["compared"].items()
    )  # fmt: skip
    return Part(_("Checksums"), _("A sum of keyed digests over all rows, of the files and of the records. They are the same only when every value is."), (_("Data"), _("Of the files"), _("Of the records"), _("Result")), rows)


def _flight(document: dict[str, Any]) -> Iterator[Part]:
    texts = {
        "late": (_("Matters already late"), _("The last day was behind when the clients came in.")),
        "soon": (_("Matters due in the next 30 days"), _("Somebody must take these up at once.")),
    }  # fmt: skip
    on, language = date.fromisoformat(document["made_at"][:10]), get_locale().language
    for name, (title, lead) in texts.items():
        rows = tuple((what_of(one["rule"], on, language), str(one["number"]), format_date(date.fromisoformat(one["first"]))) for one in document["in_flight"][name])
        yield Part(title, lead if rows else _("There are none."), (_("What"), _("Clients"), _("First day")), rows)


@cache
def _css() -> str:
    return (Path(__file__).parent / "certificate.css").read_text(encoding="utf-8")


def certificate_pdf(document: dict[str, Any], signer: str = "") -> bytes:
    """Make the PDF in the language in force; takes a second, so no transaction should be open meanwhile."""
    language = get_locale().language
    html = render_template(
        "koto/import_certificate_document.html", language=language, title=_("Certificate of a move"), facts=facts(document, signer), parts=parts(document),
        samples=len(document["samples"]), agreed=sum(sample["agrees"] is True for sample in document["samples"]),
    )  # fmt: skip
    return tagged_pdf(html, _css())
