"""The rows of `koto/table.html` as markup. They are written here since a template took seven times as long, which of hundreds of rows was a tenth of a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, repeat

from flask_babel import gettext as _
from markupsafe import Markup, escape

from app.web.table import Column, Row, is_breaking


def table_body(columns: Sequence[Column], rows: Iterable[Row], boxes: str | None = None) -> Markup:
    """Give each row with its first text as its heading; with `boxes`, the id of the table, a box to tick stands before it, named by that text.

    Every text is escaped but those that are markup already.
    """
    heads = [escape(column.label) for column in columns]
    langs = [escape(column.lang) if column.lang else None for column in columns]
    pick = _("Select %(name)s", name="%s") if boxes else ""
    written = []
    for number, row in enumerate(rows, 1):
        box = _box(f"{escape(boxes)}-row-{number}", row, pick) if boxes else ""
        cells = "".join(_cells(row, heads, langs))
        written.append(
            f'\n    <tr role="row">{box}\n      <th scope="row" role="rowheader" data-label="{heads[0]}"{_breaks(row.texts[0])}>{_heading(row, langs[0])}</th>{cells}\n    </tr>'
        )
    # Each text in it was escaped above.
    return Markup("".join(written))  # noqa: S704


def _box(key: str, row: Row, pick: str) -> str:
    name = escape(pick % row.texts[0])
    return (
        f'\n      <td role="cell" class="select">\n        <input type="checkbox" name="rowid" value="{escape(row.pk)}" id="{key}">'
        f'\n        <label for="{key}"><span class="select-label">{name}</span></label>\n      </td>'
    )


def _breaks(text: str) -> str:
    # A word that no column has room for breaks; elsewhere words stay whole.
    return ' class="breaks"' if is_breaking(text) else ""


def _heading(row: Row, lang: str | None) -> str:
    name = row.texts[0]
    if not row.url:
        return escape(name)
    spoken = f' lang="{lang}"' if lang and name else ""
    return f'<a href="{escape(row.url)}"{spoken}>{escape(name or _("Open"))}</a>'


def _cells(row: Row, heads: Sequence[str], langs: Sequence[str | None]) -> Iterator[str]:
    for text, head, lang, tag in islice(zip(row.texts, heads, langs, chain(row.tags, repeat(None)), strict=False), 1, None):
        if not text:
            yield f'\n      <td role="cell" data-label="{head}" class="empty"></td>'
            continue
        shown = escape(text)
        inner = f'<span class="tag tag-{escape(tag)}">{shown}</span>' if tag else f'<span lang="{lang}">{shown}</span>' if lang else shown
        yield f'\n      <td role="cell" data-label="{head}"{_breaks(text)}>{inner}</td>'
