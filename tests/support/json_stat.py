"""The rules of JSON-stat 2.0 for a dataset, from its published format."""

from __future__ import annotations

from datetime import datetime
from math import prod
from typing import Any


def faults_of(dataset: dict[str, Any]) -> list[str]:
    """Give a line for each rule that a dataset breaks."""
    return [*_head(dataset), *_sides(dataset), *_cells(dataset)]


def _head(dataset: dict[str, Any]) -> list[str]:
    found = [f"{name} must be {wanted}" for name, wanted in (("version", "2.0"), ("class", "dataset")) if dataset.get(name) != wanted]
    found += [f"{name} is no text" for name in ("label", "source") if not isinstance(dataset.get(name), str)]
    if "updated" in dataset:
        datetime.fromisoformat(dataset["updated"])
    found += [] if all(isinstance(text, str) for text in dataset.get("note", [])) else ["note is no list of texts"]
    ids, sizes = dataset["id"], dataset["size"]
    found += ["id repeats"] if len(set(ids)) < len(ids) else []
    found += ["size does not go with id"] if len(ids) != len(sizes) else []
    found += ["dimension does not go with id"] if list(dataset["dimension"]) != ids else []
    named = [name for names in dataset["role"].values() for name in names]
    found += ["role names what is no dimension, or one twice"] if len(set(named)) < len(named) or not set(named) <= set(ids) else []
    return found + (["unknown role"] if not set(dataset["role"]) <= {"time", "geo", "metric"} else [])


def _sides(dataset: dict[str, Any]) -> list[str]:
    found = []
    for name, size in zip(dataset["id"], dataset["size"], strict=True):
        side = dataset["dimension"][name]
        category = side["category"]
        found += [f"{name} has no label"] if not isinstance(side.get("label"), str) else []
        found += [f"{name}: index does not go with size"] if len(set(category["index"])) != size or len(category["index"]) != size else []
        found += [f"{name}: label does not go with index"] if set(category["label"]) != set(category["index"]) else []
        found += [f"{name}: unit of no category"] if not set(category.get("unit", {})) <= set(category["index"]) else []
        found += [f"{name}: unit is for metrics only"] if "unit" in category and name not in dataset["role"].get("metric", []) else []
    return found


def _cells(dataset: dict[str, Any]) -> list[str]:
    values, status = dataset["value"], dataset.get("status", {})
    found = ["value does not go with size"] if len(values) != prod(dataset["size"]) else []
    found += (
        ["a value is no number"]
        if not all(one is None or (isinstance(one, int | float) and not isinstance(one, bool)) for one in values)
        else []
    )
    found += ["a status is no text"] if not all(isinstance(text, str) for text in status.values()) else []
    return found + (["a status of no cell"] if not all(key.isdigit() and int(key) < len(values) for key in status) else [])
