"""The description of the API as OpenAPI 3.1: made of the routes, forms and scopes that there are, so that it cannot differ from them."""

from __future__ import annotations

import inspect as introspection
from collections.abc import Iterator
from typing import Any

from apispec import APISpec
from flask import current_app
from flask_appbuilder.api import BaseApi as FabApi

from app.add_ons.schemas import ERROR, KEPT, Schema, body_schema, row_schema
from app.add_ons.scopes import scope_of_method
from app.web.base_api import BaseApi

PREFIX = "/api/v1/"
_DESCRIPTION = """Programs of municipalities (add-ons, 681/2023 section 75) send a token in `Authorization: Bearer ...`; what it opens are its scopes.
A browser that is signed in may ask too, with the token of its page in `X-CSRFToken` on each change. `Accept-Language: fi` or `sv` chooses the language of sentences."""
_LIST = {
    "psize": "How many rows a page has.", "order": "The column that rows are ordered by.", "direction": "`asc` or `desc`.",
    "after": "The place of the last row of the page before, from `next_after`.",
}  # fmt: skip
_REFUSALS = {
    "400": "The request could not be understood.", "401": "No token that opens anything, and nobody has signed in.", "403": "The scopes or the role do not allow this.",
    "404": "No such row among those that the caller may see.", "409": "The row has changed or may not be changed now.", "422": "A field is unknown or has a value that the rules refuse.",
    "429": "Too many requests; `Retry-After` tells when to try again.",
}  # fmt: skip
_OK = {"get_list": "200", "get": "200", "post": "201", "put": "200", "delete": "204"}


def document() -> dict[str, Any]:
    """Give the whole description; titles of fields follow the language spoken."""
    spec = APISpec(title="Koto-digi", version="1", openapi_version="3.1.0", info={"description": _DESCRIPTION, "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"}})
    settings = current_app.config["KOTO"]
    spec.options["servers"] = [{"url": (settings.public_url or "").rstrip("/") or "/"}]
    spec.components.security_scheme("token", {"type": "http", "scheme": "bearer"})
    spec.components.security_scheme("session", {"type": "apiKey", "in": "cookie", "name": current_app.config["SESSION_COOKIE_NAME"]})
    spec.components.schema("Error", ERROR)
    spec.components.schema("Kept", KEPT)
    for api in _apis():
        for name, schema in _schemas(api):
            spec.components.schema(name, schema)
    for path, operations in sorted(_paths().items()):
        spec.path(path=path, operations=operations)
    return spec.to_dict()  # type: ignore[no-any-return]


def _apis() -> list[Any]:
    return [view for view in current_app.appbuilder.baseviews if isinstance(view, FabApi)]  # type: ignore[attr-defined]


def _schemas(api: Any) -> Iterator[tuple[str, Schema]]:
    """Give the schemas of a resource that stands on a view's forms."""
    if not isinstance(api, BaseApi):
        return
    pages, name = api.pages(), api.resource_name
    model, labels = pages.datamodel.obj, pages.label_columns
    yield f"{name}-listed", row_schema(model, pages.list_columns, labels)
    yield f"{name}-row", row_schema(model, pages.show_columns, labels)
    for deed, kind in (("post", "add"), ("put", "edit")):
        if deed not in api.exclude_route_methods:
            form = getattr(pages, f"{kind}_form")(formdata=None, meta={"csrf": False})
            yield f"{name}-{kind}", body_schema(form, getattr(pages, f"{kind}_columns"), is_new=deed == "post")


def _paths() -> dict[str, dict[str, Any]]:
    """Give the operations of each address of the API."""
    found: dict[str, dict[str, Any]] = {}
    apis = {api.endpoint: api for api in _apis()}
    for rule in current_app.url_map.iter_rules():
        if not rule.rule.startswith(PREFIX) or rule.endpoint.endswith(".openapi"):
            continue
        path = rule.rule.translate(str.maketrans("<>", "{}"))
        name, _dot, method = rule.endpoint.rpartition(".")
        for verb in sorted(set(rule.methods or ()) - {"HEAD", "OPTIONS"}):
            function = current_app.view_functions[rule.endpoint]
            operation = _operation(apis.get(name), method, verb, function)
            operation["parameters"] = [*_in_path(rule), *operation.get("parameters", ())]
            found.setdefault(path, {})[verb.lower()] = {"operationId": rule.endpoint.replace(".", "-"), **operation}
    return found


def _in_path(rule: Any) -> list[dict[str, Any]]:
    return [{"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in sorted(rule.arguments)]


def _operation(api: Any, method: str, verb: str, function: Any) -> dict[str, Any]:
    summary = (introspection.getdoc(function) or "").split("\n")[0]
    if api is None:
        # Open data: nobody signs in, and its own pages describe its queries.
        answers = {"200": {"description": "What was asked for."}, **_refusals("400", "404", "429")}
        return {"summary": summary, "tags": ["open"], "security": [], "responses": answers}
    scope = scope_of_method(api, method)
    told = {"summary": summary, "tags": [api.resource_name], "security": [{"token": [scope]}, {"session": []}]}
    return {**told, **(_of_forms(api, method) if isinstance(api, BaseApi) else _of_own(api, method, verb))}


def _of_forms(api: BaseApi, method: str) -> dict[str, Any]:
    name, ok = api.resource_name, _OK[method]
    page = {"type": "object", "required": ["result", "next_after"], "properties": {
        "count": {"type": ["integer", "null"]}, "count_is_capped": {"type": "boolean"}, "next_after": {"type": ["string", "null"]},
        "result": {"type": "array", "items": _ref(f"{name}-listed")},
    }}  # fmt: skip
    answer = {"get_list": page, "get": _ref(f"{name}-row"), "post": _ref("Kept"), "put": _ref("Kept"), "delete": None}[method]
    found: dict[str, Any] = {"responses": {ok: {"description": "Done.", **(_json(answer) if answer else {})}, **_refusals("400", "401", "403", "404", "409", "422", "429")}}
    if method == "get_list":
        found["parameters"] = [_in_query(key, text) for key, text in _LIST.items()]
    if method in ("post", "put"):
        found["requestBody"] = {"required": True, **_json(_ref(f"{name}-{'add' if method == 'post' else 'edit'}"))}
    parent = api.pages().parent
    if parent is not None and method in ("get_list", "post"):
        needed = {"required": True} if method == "post" else {}
        found.setdefault("parameters", []).append({**_in_query(parent.argument, "The key of the row that these stand under."), **needed})
    return found


def _of_own(api: Any, method: str, verb: str) -> dict[str, Any]:
    """Describe a route that stands on no form: `described` of its class tells its arguments and body."""
    answers = {("202" if verb == "POST" else "200"): {"description": "Done, or begun."}, **_refusals("400", "401", "403", "404", "409", "422", "429")}
    return {"responses": answers, **getattr(api, "described", {}).get(method, {})}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _json(schema: Schema) -> dict[str, Any]:
    return {"content": {"application/json": {"schema": schema}}}


def _refusals(*codes: str) -> dict[str, Any]:
    return {code: {"description": _REFUSALS[code], **_json(_ref("Error"))} for code in codes}


def _in_query(name: str, text: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": text, "schema": {"type": "string"}}
