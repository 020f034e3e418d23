"""What a page may cost: 8 statements for a list, 15 for a show page, however many rows there are."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from tests.support.app import Browser, counted_statements

LISTS = ["/clients/list/", "/assessments/list/", "/plans/list/", "/organisations/list/", "/notes/list/", "/residence-bases/list/", "/appointments/list/", "/contacts/list/", "/guidance/list/"]


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("size", [1, 100])
def test_a_list_costs_at_most_eight_statements(app: Flask, aino: Browser, path: str, size: int) -> None:
    with counted_statements(app) as statements:
        assert aino.get(f"{path}?psize={size}").status_code == 200
    assert 0 < len(statements) <= 8, statements


@pytest.mark.parametrize(("listing", "feature"), [("/clients/list/", "clients"), ("/assessments/list/", "assessments"), ("/plans/list/", "plans"),
                                                ("/planned-services/list/?f.status=STARTED", "planned-services"), ("/appointments/list/", "appointments"), ("/contacts/list/", "contacts")])  # fmt: skip
def test_a_show_page_costs_at_most_fifteen_statements(app: Flask, aino: Browser, listing: str, feature: str) -> None:
    keys = re.findall(rf"/{feature}/show/([0-9a-f-]{{36}})", aino.get(listing).text)
    assert keys
    for key in keys[:3]:
        with counted_statements(app) as statements:
            assert aino.get(f"/{feature}/show/{key}").status_code == 200
        assert 0 < len(statements) <= 15, statements


def test_each_part_of_a_client_costs_at_most_fifteen_statements(app: Flask, aino: Browser) -> None:
    key = re.search(r"/clients/show/([0-9a-f-]{36})", aino.get("/clients/list/?f.status=PLAN_ACTIVE").text)
    assert key
    tabs = sorted(set(re.findall(r"tab=([a-z]+)", aino.get(f"/clients/show/{key.group(1)}").text)))
    assert len(tabs) >= 7
    for tab in tabs:
        with counted_statements(app) as statements:
            assert aino.get(f"/clients/show/{key.group(1)}?tab={tab}").status_code == 200
        assert 0 < len(statements) <= 15, statements
    assert aino.get(f"/clients/show/{key.group(1)}?tab=nothing").status_code == 404


def test_pages_follow_each_other_without_gap_or_repeat(app: Flask, aino: Browser) -> None:
    seen: list[str] = []
    path: str | None = "/clients/list/?psize=7"
    while path:
        page = aino.get(path).text
        seen += dict.fromkeys(re.findall(r"/clients/show/([0-9a-f-]{36})", page))
        found = re.search(r'href="(/clients/list/\?[^"]*after=[^"]*)"', page)
        path = found.group(1).replace("&amp;", "&") if found else None
    assert len(seen) == len(set(seen)) > 7


@pytest.mark.parametrize("query", ["psize=0", "psize=101", "psize=x", "order=identity_code", "direction=up", "after=1' OR '1'='1"])
def test_bad_list_arguments_are_refused(aino: Browser, query: str) -> None:
    assert aino.get(f"/clients/list/?{query}").status_code == 400
