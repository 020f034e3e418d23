"""Message catalogues: `python -m app.texts.catalogue extract|update|check|compile`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from flask_login.config import LOGIN_MESSAGE, REFRESH_MESSAGE

ROOT = Path(__file__).resolve().parents[2]
TRANSLATIONS = ROOT / "translations"
LANGUAGES = ("fi", "sv")
KEYWORDS: dict[str, Any] = {
    "_": None, "_l": None, "gettext": None, "lazy_gettext": None,
    "ngettext": (1, 2), "lazy_ngettext": (1, 2), "pgettext": ((1, "c"), 2), "lazy_pgettext": ((1, "c"), 2),
}  # fmt: skip
_FRAMEWORK_METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
# No dates and no tool version: the file changes only when a text does.
_HEADER = """\
# Texts of Koto-digi and of the libraries it shows texts from.
msgid ""
msgstr ""
"Project-Id-Version: Koto-digi\\n"
"Language: {language}\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
_PLACEHOLDER = re.compile(r"%%|%(?:\(\w+\))?[#0+-]*\d*(?:\.\d+)?[a-zA-Z]|\{\w*(?:[!:][^{}]*)?\}")


def _package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise LookupError(f"{name} is not installed")
    return Path(spec.origin).parent


def _own(template: Catalog) -> None:
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    for path, _line, text, _comments, context in extract_from_dir(ROOT, methods, options, KEYWORDS):
        template.add(text, locations=[(Path(path).as_posix(), 0)], context=context)


def _framework(template: Catalog) -> None:
    """Add what Flask-AppBuilder marks in its code, and what its shipped catalogues hold beside that."""
    package = _package("flask_appbuilder")
    for path, _line, text, _comments, context in extract_from_dir(package, _FRAMEWORK_METHODS, keywords=KEYWORDS):
        template.add(text, locations=[(f"flask_appbuilder/{Path(path).as_posix()}", 0)], context=context)
    for file in sorted(package.glob("translations/*/LC_MESSAGES/messages.po")):
        for message in _read(file):
            # One of them holds an id in Greek; a text that exists must not be added a second time.
            if str(message.id).isascii() and template.get(message.id, message.context) is None:
                template.add(message.id, locations=[("flask_appbuilder/translations", 0)], context=message.context)


def _forms(template: Catalog) -> None:
    for message in _read(_package("wtforms") / "locale" / "wtforms.pot"):
        template.add(message.id, locations=[("wtforms/locale/wtforms.pot", 0)], context=message.context)


def _sign_in(template: Catalog) -> None:
    for text in (LOGIN_MESSAGE, REFRESH_MESSAGE):
        template.add(text, locations=[("flask_login/config.py", 0)])


def _messages(catalogue: Catalog) -> Iterator[Message]:
    """Give the messages without the header."""
    return (message for message in catalogue if message.id)


def _read(path: Path) -> list[Message]:
    """Read a library's catalogue without its dates, one of which is malformed."""
    lines = [line for line in path.read_bytes().splitlines(keepends=True) if not line.startswith((b'"POT-Creation', b'"PO-Revision'))]
    return list(_messages(read_po(BytesIO(b"".join(lines)))))


def catalogue_path(language: str) -> Path:
    return TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"


def load(language: str) -> Catalog:
    """Read a language's catalogue; an absent file is an empty catalogue."""
    path = catalogue_path(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def extract() -> Catalog:
    """Collect every text of our code, Flask-AppBuilder, WTForms and Flask-Login."""
    template = Catalog()
    for collect in (_own, _framework, _forms, _sign_in):
        collect(template)
    return template


def merge(template: Catalog, old: Catalog, language: str) -> Catalog:
    """Give the template's texts with the old translations; nothing is guessed from a similar text."""
    merged = Catalog(locale=language)
    for message in _messages(template):
        known = old.get(message.id, message.context)
        keeps = known is not None and isinstance(known.id, tuple) == isinstance(message.id, tuple)
        merged.add(
            message.id, known.string if keeps and known else None, sorted(message.locations),
            flags=known.flags if keeps and known else (), context=message.context,
        )  # fmt: skip
    return merged


def as_po(catalogue: Catalog, language: str) -> bytes:
    """Give the catalogue sorted, without dates and line numbers."""
    out = BytesIO()
    write_po(out, catalogue, width=0, omit_header=True, sort_output=True, include_lineno=False, ignore_obsolete=True)
    return (_HEADER.format(language=language).encode() + out.getvalue()).rstrip(b"\n") + b"\n"


def placeholders(text: str) -> list[str]:
    """Give the places of a text that are filled in later: `%(x)s`, `%s`, `{x}`."""
    return sorted(found for found in _PLACEHOLDER.findall(text) if found != "%%")


def _message_problems(message: Message, translated: Message | None) -> Iterator[str]:
    if translated is None:
        yield "missing"
        return
    if translated.fuzzy:
        yield "fuzzy"
    ids = message.id if isinstance(message.id, tuple) else (message.id,)
    strings = [str(part or "") for part in (translated.string if isinstance(translated.string, tuple) else (translated.string,))]
    if len(ids) != len(strings):
        yield "wrong number of plural forms"
    elif not all(string.strip() for string in strings):
        yield "empty"
    else:
        # The singular form may follow either id: both "One client" and "%(num)d client" are good.
        allowed = [[placeholders(str(part)) for part in ids[index:]] for index in range(len(ids))]
        if any(placeholders(string) not in good for string, good in zip(strings, allowed, strict=True)):
            yield "placeholders differ"


def problems(template: Catalog, catalogue: Catalog) -> list[str]:
    """List what is missing, empty, fuzzy or fills in other places than its id."""
    found = []
    for message in _messages(template):
        shown = message.id[0] if isinstance(message.id, tuple) else message.id
        translated = catalogue.get(message.id, message.context)
        found += [f"{problem}: {shown!r}" for problem in _message_problems(message, translated)]
    return sorted(found)


def update() -> None:
    """Bring the catalogues in step with the code."""
    template = extract()
    for language in LANGUAGES:
        path = catalogue_path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(as_po(merge(template, load(language), language), language))


def check() -> list[str]:
    """List the problems of every language."""
    template = extract()
    return [f"{language}: {problem}" for language in LANGUAGES for problem in problems(template, load(language))]


def compile_all() -> None:
    """Write the binary catalogues the application reads."""
    for language in LANGUAGES:
        with catalogue_path(language).with_suffix(".mo").open("wb") as file:
            write_mo(file, load(language))


def main(arguments: list[str]) -> int:
    match arguments:
        case ["extract"]:
            sys.stdout.write(as_po(extract(), "en").decode())
        case ["update"]:
            update()
        case ["check"]:
            found = check()
            for line in found:
                print(line)
            return 1 if found else 0
        case ["compile"]:
            compile_all()
        case _:
            print("usage: python -m app.texts.catalogue extract|update|check|compile", file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
