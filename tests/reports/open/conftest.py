"""An indicator that everybody may read, with two closed years and an open one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from app.reports.catalogue.all import INDICATORS
from app.reports.catalogue.indicator import audiences
from tests.support.out_figures import keep_facts

FACTS = {
    ("092", "", ""): 30, ("092", "GENDER", "1"): 12, ("092", "GENDER", "2"): 18,
    ("638", "", ""): 21, ("638", "GENDER", "1"): 4, ("638", "GENDER", "2"): 17,
}  # fmt: skip


@pytest.fixture
def open_app(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    monkeypatch.setitem(INDICATORS, "I01", replace(INDICATORS["I01"], audiences=audiences(1, 8)))
    keep_facts(app, "I01", "2023", FACTS, hidden=[("PUBLIC", "MUNICIPALITY", "638", "GENDER", "1")])
    keep_facts(app, "I01", "2024", {**FACTS, ("092", "GENDER", "1"): 13})
    keep_facts(app, "I01", "2025", FACTS, closed=False)
    return app
