"""The mapping of a sheet as its page shows it: every control with what it holds, why it is suggested, and what is wrong with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping as Dict, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask_babel import format_percent, gettext as _

from app.imports.engine.entities import by_key
from app.imports.mapping.days import guess as guess_days
from app.imports.mapping.names import FIELDS
from app.imports.mapping.suggest import Guess
from app.imports.mapping.values import known_code
from app.imports.specification.catalogue import Field
from app.imports.specification.codes import shown_values
from app.imports.specification.texts import headings, help_of
from app.imports.workspace import labels
from app.imports.workspace.map_form import CHOSEN_FROM, EMPTY, NOT_BROUGHT, SPLIT, Broken, Sheet, is_joinable, may_be_fixed
from app.imports.workspace.map_suggested import why
from app.web.language import current_language

Options = list[tuple[str, str]]


@dataclass
class MapPage:
    """What the page is made of; `columns` are the masked columns of the file's profile."""

    sheet: Sheet
    fields: Dict[str, str]
    broken: Sequence[Broken]
    guesses: Sequence[Guess]
    columns: Sequence[Dict[str, Any]]

    @cached_property
    def names(self) -> dict[str, str]:
        """Give field → its name in the reader's language."""
        return headings(self.sheet.entity)

    @cached_property
    def errors(self) -> dict[str, str]:
        return {one.name: str(labels.BROKEN[one.rule]) for one in self.broken}

    def error_links(self) -> list[tuple[str, str]]:
        """Give (field of the form, sentence) in the order of the page."""
        return [(one.name, _("%(about)s: %(error)s", about=self._about(one), error=labels.BROKEN[one.rule])) for one in self.broken]

    def _about(self, one: Broken) -> str:
        return one.about or self.names.get(one.name[2:], "")

    @cached_property
    def _times(self) -> Counter[str]:
        """Count how often a field is chosen."""
        return Counter(self.fields.get(f"c{number}", "") for number in range(len(self.sheet.headings)))

    def choices(self) -> list[tuple[str | None, Options]]:
        """Give what a column may become, in groups."""
        fields = [(one.key, _("%(field)s (required)", field=self.names[one.key]) if one.required else self.names[one.key]) for one in self.sheet.entity.fields]
        has = {one.key for one in self.sheet.entity.fields}
        splits = [(f"{SPLIT}{split}", str(text)) for split, text in labels.SPLITS.items() if has.issuperset(FIELDS[split])]
        first: Options = [("", _("Choose")), (NOT_BROUGHT, _("Do not bring"))]
        return [(None, first), (_("Fields"), fields), *([(_("Two fields from one column"), splits)] if splits else [])]

    def shown(self) -> Iterator[dict[str, Any]]:
        """Give each column with its controls."""
        for number, name in enumerate(self.sheet.headings):
            found = self.columns[number] if number < len(self.columns) else {}
            chosen = self.fields.get(f"c{number}", "")
            field = next((one for one in self.sheet.entity.fields if one.key == chosen), None)
            yield {
                "number": number, "name": name, "samples": found.get("samples", [])[:3], "type": labels.TYPES.get(found.get("type", ""), ""), "chosen": chosen,
                "why": self._why(number, chosen), "reason": self.fields.get(f"r{number}", ""), "date": self._date(number, name, field), "joiner": self._joiner(number, field),
                "codes": self._values(number, name, field),
            }  # fmt: skip

    def _why(self, number: int, chosen: str) -> str | None:
        guess = self.guesses[number] if number < len(self.guesses) else None
        if guess is None or guess.field is None or chosen != (f"{SPLIT}{guess.split}" if guess.split else guess.field):
            return None
        return _("Suggested, %(score)s sure. %(why)s", score=format_percent(min(guess.score, 1.0), "0 %"), why=why(guess))

    def _date(self, number: int, name: str, field: Field | None) -> dict[str, Any] | None:
        if field is None or field.kind != "date":
            return None
        found = guess_days(self.sheet.values.get(name, ()))
        forms: Options = [("", _("Choose") if found.is_ambiguous else _("Recognised cell by cell")), *((form, str(text)) for form, text in labels.DATE_FORMS.items())]
        return {"options": forms, "chosen": self.fields.get(f"d{number}", ""), "is_ambiguous": found.is_ambiguous}

    def _joiner(self, number: int, field: Field | None) -> dict[str, Any] | None:
        if field is None or not is_joinable(field) or self._times[field.key] < 2 or self._is_later(number, field.key):
            return None
        return {"options": [(sign, str(text)) for sign, text in labels.JOINERS.items()], "chosen": self.fields.get(f"j{number}", " ")}

    def _is_later(self, number: int, key: str) -> bool:
        return any(self.fields.get(f"c{before}") == key for before in range(number))

    def _values(self, number: int, name: str, field: Field | None) -> dict[str, Any] | None:
        """Give the values of a column of codes: those a person must look at, and those that were understood."""
        values = self.sheet.values.get(name, [])
        if field is None or not field.code_list or not values:
            return None
        texts = shown_values(field.code_list, current_language())
        rows = [self._value(f"v{number}.{at}", value, field.code_list, texts) for at, value in enumerate(values)]
        return {
            "list": field.code_list, "is_chosen": len(texts) <= CHOSEN_FROM, "options": [("", _("Choose")), (EMPTY, _("Bring as empty")), *texts.items()],
            "open": [row for row in rows if not row["is_sure"]], "sure": [row for row in rows if row["is_sure"]],
        }  # fmt: skip

    def _value(self, name: str, value: str, code_list: str, texts: Dict[str, str]) -> dict[str, Any]:
        known = known_code(code_list, value)
        chosen = self.fields.get(name, known[0] if known else "")
        is_sure = known is not None and chosen == known[0]
        return {"name": name, "value": value, "chosen": chosen, "text": texts.get(chosen, chosen), "is_sure": is_sure, "is_suggested": bool(chosen) and known is None and chosen in texts}

    def long_lists(self) -> dict[str, list[str]]:
        """Give the lists that are written into, for the browser to complete."""
        fields = [one for one in self.sheet.entity.fields if one.code_list and (one.key in self._times or one.key in self.fixed)]
        lists = {str(one.code_list): shown_values(str(one.code_list), current_language()) for one in fields}
        return {name: list(texts.values()) for name, texts in lists.items() if len(texts) > CHOSEN_FROM}

    @cached_property
    def fixed(self) -> list[str]:
        """Give the fields that a fixed value is offered for: what must be filled in and no column fills, and what was asked for."""
        entity, met = self.sheet.entity, {key for choice in self._times for key in (FIELDS.get(choice[1:], ()) if choice.startswith(SPLIT) else (choice,))}
        needed = [one.key for one in entity.fields if one.required or one.essential] + ([] if met.intersection(entity.one_of) else list(entity.one_of))
        asked = [one.key for one in entity.fields if self.fields.get(f"f.{one.key}") or self.fields.get(f"s.{one.key}") or self.fields.get("more") == one.key]
        return [one.key for one in entity.fields if one.key in {*needed, *asked} and one.key not in met and may_be_fixed(one)]

    def more_fixed(self) -> Options:
        """Give the other fields that may have a fixed value."""
        return [("", _("Choose")), *((one.key, self.names[one.key]) for one in self.sheet.entity.fields if may_be_fixed(one) and one.key not in self._times and one.key not in self.fixed)]

    def fixed_shown(self) -> Iterator[dict[str, Any]]:
        """Give each fixed value with its control."""
        for key in self.fixed:
            field = self.sheet.entity.field(key)
            texts = shown_values(field.code_list, current_language()) if field.code_list else {"1": _("Yes"), "0": _("No")} if field.kind == "boolean" else {}
            chosen = self.fields.get(f"f.{key}", "")
            yield {
                "key": key, "label": self.names[key], "help": " ".join(help_of(field)), "source": self.fields.get(f"s.{key}", ""), "chosen": chosen,
                "kind": "select" if 0 < len(texts) <= CHOSEN_FROM else "list" if texts else "date" if field.kind == "date" else "text", "list": field.code_list,
                "options": [("", _("No fixed value")), *texts.items()], "text": texts.get(chosen, chosen),
            }  # fmt: skip


def entity_options(guesses: Sequence[Dict[str, Any]]) -> list[tuple[str | None, Options]]:
    """Give what a sheet may hold: the likely ones first, with their scores."""
    likely = {one["entity"]: format_percent(one["score"], "0 %") for one in guesses}
    first = [(key, _("%(entity)s (%(score)s sure)", entity=by_key()[key].label, score=score)) for key, score in likely.items()]
    rest = [(key, str(entity.label)) for key, entity in by_key().items() if key not in likely]
    return [(None, [(NOT_BROUGHT, _("Not brought"))]), *([(_("Likely"), first)] if first else []), (_("Others") if first else _("Kinds of data"), rest)]


def reasons_of(guesses: Sequence[Dict[str, Any]], columns: int) -> str | None:
    """Say why a sheet seems to hold what it does."""
    if not guesses:
        return None
    one = guesses[0]
    return _("Seems to hold: %(entity)s, %(score)s sure. %(known)d of its %(all)d columns were recognised.",
             entity=by_key()[one["entity"]].label, score=format_percent(one["score"], "0 %"), known=one["recognised"], all=columns)  # fmt: skip


def kept_options(kept: Sequence[Any], own_org: str) -> Options:
    """Give the kept mappings of the product that may be taken."""
    own, other = _("%(entity)s, version %(number)d"), _("%(entity)s, version %(number)d, shared by another municipality")
    return [(one.id, (own if one.org_id == own_org else other) % {"entity": by_key()[one.entity].label, "number": one.number}) for one in kept if one.entity in by_key()]
