"""Rules of addresses that learn to build their address when one is first asked for: a start costs half."""

from __future__ import annotations

from typing import Any

from werkzeug.routing import Rule


class LateRule(Rule):
    """A rule whose builder of addresses is compiled at its first use.

    Werkzeug compiles two functions for each rule when it is added. Of a thousand rules a process builds a few hundred
    addresses, and a command none.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Any:
        made: Any = None

        def build(rule: LateRule, **values: Any) -> tuple[str, str]:
            nonlocal made
            if made is None:
                made = super()._compile_builder(append_unknown)
            built: tuple[str, str] = made(rule, **values)
            return built

        return build
