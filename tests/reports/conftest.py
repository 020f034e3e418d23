"""What tests of reports share: an application with facts written by hand."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.support.app import make_app, prepare
from tests.support.planted import plant_in


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An application of the cast with facts of six closed periods and an open one."""
    app = make_app(tmp_path_factory.mktemp("reports"))
    prepare(app, 30)
    return plant_in(app)
