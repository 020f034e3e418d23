"""Whose a page is: the client a row follows, named under the heading with the way back to where the row stands among the client's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import g
from sqlalchemy.orm import joinedload

from app.access.membership import FollowsClient
from app.db.base import db

# The column that tells whose a row is; not shown where all rows are of one client.
CLIENT_NAME = "client_name"


@dataclass(frozen=True)
class Whose:
    """A client by name; `url` leads to the client's page, for who may open it."""

    client_id: str
    name: str
    url: str | None


def _class_of(model: Any) -> Any:
    return model.client.property.mapper.class_


def with_names(query: Any, model: Any) -> Any:
    """Let a query bring the names of the clients whom its rows follow, in the same statement; some models have a column for it."""
    if getattr(model, CLIENT_NAME) is not FollowsClient.client_name:
        return query
    of_client = _class_of(model)
    return query.options(joinedload(model.client).load_only(*(getattr(of_client, name) for name in of_client.NAMED_BY)))


def whose_row(view: Any, item: Any) -> Whose | None:
    """Tell whose row it is; nobody's when it follows no client."""
    if not isinstance(item, FollowsClient):
        return None
    with db.session.no_autoflush:
        client: Any = db.session.get(_class_of(type(item)), item.client_id)
    return whose_client(view, client) if client is not None else None


def whose_client(view: Any, client: Any) -> Whose:
    """Name a client on a page of a view, with the client's page as the way back."""
    above = next((one for one in view.appbuilder.baseviews if getattr(getattr(one, "datamodel", None), "obj", None) is type(client)), None)
    url = above.url("show", pk=client.id, **tab_of(view, above)) if above is not None and above.may("show") else None
    return Whose(client.id, client.name, url)


def tab_of(view: Any, above: Any) -> dict[str, str]:
    """Give the argument of the tab where the page of `above` shows rows of `view`, or the rows that those stand under."""
    key = ("tab_of", view.endpoint, above.endpoint)
    made: dict[Any, dict[str, str]] = g.setdefault("tabs_of", {})
    if key not in made:
        middle = view.parent and next((one for one in view.appbuilder.baseviews if one.endpoint == view.parent.show_endpoint.split(".")[0]), None)
        kinds = {type(view), type(middle)}
        made[key] = next(({"tab": tab.key} for tab in above.tabs if kinds & set(tab.related)), {})
    return made[key]


def place_under(view: Any, key: str) -> str:
    """Give the page of the row that the rows of `view` stand under, at the tab that shows them."""
    above = next(one for one in view.appbuilder.baseviews if one.endpoint == view.parent.show_endpoint.split(".")[0])
    place: str = above.url("show", pk=key, **tab_of(view, above))
    return place
