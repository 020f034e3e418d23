"""A client that is being brought."""

from __future__ import annotations

import pytest

from tests.imports.laws.brought import Bringing


@pytest.fixture
def bringing(in_app: None) -> Bringing:
    bringing = Bringing()
    bringing.client()
    return bringing
