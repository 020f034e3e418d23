"""Write the tables of `docs/tables/` from the code, and `docs/access.md`, `docs/asvs.md`, `docs/events.md` and `docs/states.md`, so that they cannot lag behind it: `make docs`."""

from __future__ import annotations

import re
from importlib.metadata import Distribution, distribution
from pathlib import Path

import app  # noqa: F401 -- the wiring imports every model
from app.audit.events import EVENTS, SUBJECTS, deed_of
from app.db.base import Model
from app.texts.catalogue import LANGUAGES, load
from docs.access_table import access
from docs.asvs import asvs
from docs.states import states

ROOT = Path(__file__).parents[1]
TABLES = ROOT / "docs" / "tables"


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines) + "\n"


def fields() -> str:
    """Give every column with its data category (681/2023 § 73.1), sensitivity and code list."""
    rows = []
    for table in sorted(Model.metadata.tables.values(), key=lambda found: found.name):
        if table.name.startswith("ab_"):
            continue
        for column in table.columns:
            sensitivity = column.info["sensitivity"]
            rows.append([table.name, column.name, str(column.type), column.info["category"], str(getattr(sensitivity, "value", sensitivity)),
                         column.info.get("codes", "")])  # fmt: skip
    head = ["table", "column", "type", "category", "sensitivity", "code list"]
    return "# Fields\n\nFrom the models. `K73-n` is item n of 681/2023 § 73.1; `own` is the service's own data.\n\n" + _table(head, rows)


def events() -> str:
    """Give every event of the audit log with its words and what it holds beside what all of them hold."""
    # Without a request a text for translation is its own English, by which the catalogues know it.
    catalogues = {language: load(language) for language in LANGUAGES}
    rows = []
    for name in EVENTS:
        deed, subject = deed_of(name), SUBJECTS[name.split(":")[0]][0]
        told = [str(found[str(deed.words)].string).replace("%(subject)s", str(found[str(subject)].string)) for found in catalogues.values()]
        rows.append([f"`{name}`", *told, deed.holds])
    lead = ("# Events of the audit log\n\nFrom `app/audit/events.py`. Every event holds who, role, organisation, purpose, outcome, moment and request; "
            "the last column is what it holds beside that.\n\n")  # fmt: skip
    return lead + _table(["event", *LANGUAGES, "holds"], rows)


def locked_names() -> list[str]:
    """Give the names of the packages the lock installs in service."""
    return sorted(re.findall(r"^([A-Za-z0-9._-]+)==", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.M), key=str.lower)


def _licence(found: Distribution) -> str:
    meta = found.metadata
    classifiers = [text.rsplit(" :: ", 1)[-1] for text in meta.get_all("Classifier") or [] if text.startswith("License ::")]
    stated = meta.get("License-Expression") or ", ".join(classifiers) or (meta.get("License") or "").splitlines()[0]
    return stated.strip()


def _address(found: Distribution) -> str:
    links = dict(text.lower().split(", ", 1) for text in found.metadata.get_all("Project-URL") or [])
    wanted = ("homepage", "source", "source code", "repository", "github", "documentation")
    named = [links[name] for name in wanted if name in links]
    return str((named or [found.metadata.get("Home-page") or ""])[0])


def third_party() -> str:
    """Give the licence each locked package states of itself."""
    rows = []
    for name in locked_names():
        found = distribution(name)
        rows.append([found.metadata["Name"], found.version, _licence(found), _address(found)])
    lead = "# Third-party packages\n\nFrom the lock (`requirements.txt`) and what each package says of itself. None is part of this repository.\n\n"
    return lead + _table(["package", "version", "licence", "address"], rows)


TEXTS = {"../asvs.md": asvs, "../access.md": access, "../events.md": events, "../states.md": states, "fields.md": fields, "third-party.md": third_party}


def write() -> None:
    """Write all tables."""
    TABLES.mkdir(exist_ok=True)
    for name, made in TEXTS.items():
        (TABLES / name).write_text(made(), encoding="utf-8")


if __name__ == "__main__":
    write()
