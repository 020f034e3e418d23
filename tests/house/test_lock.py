"""The lock holds what its packages want on each Python we name, not only on the one that made it."""

from __future__ import annotations

import re
from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
# Debian 12 has 3.11.2.
PYTHONS = ("3.11.2", "3.12.3", "3.13.5")


def locked(filename: str) -> set[str]:
    return {canonicalize_name(name) for name in re.findall(r"^([A-Za-z0-9._-]+)==", (ROOT / filename).read_text(encoding="utf-8"), re.M)}


def wanted_by(name: str, python: str) -> set[str]:
    """Give what a package wants on a Python, without its extras."""
    place = {"python_version": python.rsplit(".", 1)[0], "python_full_version": python, "extra": ""}
    found = [Requirement(text) for text in requires(name) or []]
    return {canonicalize_name(part.name) for part in found if part.marker is None or part.marker.evaluate(place)}


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("filename", ["requirements.txt", "requirements/dev.txt"])
def test_nothing_that_is_wanted_is_left_out(filename: str, python: str) -> None:
    names = locked(filename)
    missing = {f"{name} wants {other}" for name in names for other in wanted_by(name, python) - names}
    assert len(names) > 40 and missing == set()


def test_the_check_can_fail() -> None:
    assert "async-timeout" in wanted_by("redis", "3.11.2") and "async-timeout" not in wanted_by("redis", "3.11.3")


def test_the_lock_names_no_index() -> None:
    for filename in ("requirements.txt", "requirements/dev.txt", "requirements/mutants.txt"):
        text = (ROOT / filename).read_text(encoding="utf-8")
        assert "http" not in re.sub(r"#.*", "", text) and "--hash=sha256:" in text
