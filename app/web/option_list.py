"""The options of a select as markup: countries and languages make hundreds on one form, and a macro took a fifth of its page for them."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup, escape


def option_list(field: Any) -> Markup:
    """Give the options of a WTForms field of choices in their order, every text escaped."""
    written = [
        f'\n  <option value="{escape(value)}"{" selected" if is_chosen else ""}>{escape(label)}</option>' for value, label, is_chosen, *_more in field.iter_choices()
    ]
    # Each text in it was escaped above.
    return Markup("".join(written))  # noqa: S704
