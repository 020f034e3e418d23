"""What the application writes to its technical log during a block: our own lines, and those of the libraries."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

import structlog


@contextmanager
def log_lines() -> Iterator[StringIO]:
    """Collect the lines; loggers are bound anew for each line, so that those made before are collected too."""
    written, before = StringIO(), structlog.get_config()["logger_factory"]
    handler = logging.StreamHandler(written)
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(written))
    logging.getLogger().addHandler(handler)
    try:
        yield written
    finally:
        structlog.configure(logger_factory=before)
        logging.getLogger().removeHandler(handler)
