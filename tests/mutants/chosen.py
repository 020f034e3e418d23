"""Which modules are mutated and which tests are asked; both are found by their names."""

from __future__ import annotations

from pathlib import Path

# The engine of the time limits, each file of rules, and what every state machine follows.
MUTATED = ("app/deadlines/*.py", "app/**/*rules.py", "app/core/states.py")
# What those tests need beside themselves, copied to where the mutants are.
NEEDED = ("app", "translations", "config.py", "tests/support", "tests/mutants")
# Its rules are those of addresses.
_WITHOUT = Path("app/web")


def mutated_paths(root: Path) -> list[Path]:
    """Give the modules that are mutated; a module of a docstring alone has nothing to mutate."""
    found = {path.relative_to(root) for pattern in MUTATED for path in root.glob(pattern) if path.name != "__init__.py"}
    return sorted(path for path in found if _WITHOUT not in path.parents)


def unit_tests(root: Path) -> list[str]:
    """Give the tests that run without a database or a page: those of the engine and of each feature's rules.

    The properties stay out: every mutant is to fall by a case that stands written, not by one that was drawn.
    """
    engine = [path for path in (root / "tests" / "deadlines").glob("test_*.py") if path.name != "test_properties.py"]
    rules = [path for path in (root / "tests").glob("**/test_*rules.py") if path.parent.name not in ("demo", "house")]
    return sorted(str(path.relative_to(root)) for path in [*engine, *rules])
