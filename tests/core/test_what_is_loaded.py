"""What only a drawing or a document needs is not loaded before one is made, except by the service for its workers."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("altair", "vl_convert", "weasyprint")


def loaded(code: str) -> set[str]:
    told = f"import sys; {code}; print(*(name for name in {HEAVY!r} if name in sys.modules))"
    return set(subprocess.run([sys.executable, "-c", told], check=True, capture_output=True, text=True, timeout=120).stdout.split("\n")[-2].split())


def test_a_command_loads_none_of_it() -> None:
    assert loaded("import app.commands") == set()


def test_the_service_loads_all_of_it_before_its_workers_begin() -> None:
    code = "from types import SimpleNamespace as S; import os; os.environ['KOTO_JOBS'] = 'off'; import app.web.gunicorn as g; g.when_ready(S(handle_term=None))"
    assert loaded(code) == set(HEAVY)
