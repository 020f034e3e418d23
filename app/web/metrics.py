"""`/metrics` for Prometheus: how the service fares, told to its own machine or for a token; nobody is named in it."""

from __future__ import annotations

import hmac
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any

import structlog
from flask import Blueprint, Flask, Response, abort, current_app, g, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from app.db.base import db
from app.web.health import BEGAN
from app.web.tally import Tally

metrics = Blueprint("metrics", __name__)
# Under this name the wiring gives what is asked of the database; the features that know it stand above.
GAUGES, TALLY = "koto_gauges", "koto_tally"

log = structlog.get_logger()


@dataclass(frozen=True)
class Gauge:
    """A number that rises and falls, or one for each tuple of values of its labels."""

    name: str
    text: str
    values: Mapping[tuple[str, ...], float] = field(default_factory=dict)
    labels: tuple[str, ...] = ()


Gauges = Callable[[Connection], Iterable[Gauge]]


def _is_loopback(address: str | None) -> bool:
    try:
        found = ip_address((address or "").strip())
    except ValueError:
        return False
    return (getattr(found, "ipv4_mapped", None) or found).is_loopback


def is_of_this_machine() -> bool:
    """Tell whether the request began on this machine.

    A proxy that nobody told us to trust (`KOTO_TRUSTED_PROXIES`) lets every request come from its own address, so none that was forwarded may name another.
    """
    forwarded = [part for line in request.headers.getlist("X-Forwarded-For") for part in line.split(",")]
    others = any(name in request.headers for name in ("Forwarded", "X-Real-IP")) and not forwarded
    return not others and all(_is_loopback(address) for address in (request.remote_addr, *forwarded))


def _has_token() -> bool:
    token = current_app.config["KOTO"].metrics_token
    scheme, _space, sent = request.headers.get("Authorization", "").partition(" ")
    return token is not None and scheme.lower() == "bearer" and hmac.compare_digest(sent.strip().encode(), token.encode())


@metrics.get("/metrics")
def told() -> Any:
    """Tell the numbers, to anybody else that there is no such page."""
    if not is_of_this_machine() and not _has_token():
        abort(404)
    registry = CollectorRegistry()
    registry.register(_Told([*current_app.extensions[TALLY].collect(), *_of_service()]))
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


class _Told(Collector):
    def __init__(self, found: list[Metric]) -> None:
        self._found = found

    def collect(self) -> Iterable[Metric]:
        return self._found


def _of_service() -> Iterable[Metric]:
    began = time.time() - (time.monotonic() - current_app.extensions[BEGAN])
    found: list[Gauge] = []
    try:
        with db.engine.connect() as connection:
            found = [gauge for ask in current_app.extensions[GAUGES] for gauge in ask(connection)]
        is_up = 1
    except SQLAlchemyError as fault:
        log.error("metrics_without_database", kind=type(fault).__name__)
        is_up = 0
    yield _family(Gauge("koto_start_time_seconds", "When the service began, in seconds since 1970.", {(): began}))
    yield _family(Gauge("koto_database_up", "Whether the database answered.", {(): is_up}))
    yield from map(_family, found)


def _family(gauge: Gauge) -> GaugeMetricFamily:
    family = GaugeMetricFamily(gauge.name, gauge.text, labels=gauge.labels)
    for labels, value in sorted(gauge.values.items()):
        family.add_metric(labels, value)
    return family


def register_metrics(app: Flask) -> None:
    """Count every answer, that of an error too."""
    tally = app.extensions[TALLY] = Tally()

    @app.after_request
    def count(response: Response) -> Response:
        # A request that failed before its clock was started took no time.
        seconds = time.perf_counter() - g.get("started", time.perf_counter())
        tally.count(endpoint=request.endpoint, method=request.method, status=response.status_code, seconds=seconds)
        return response
