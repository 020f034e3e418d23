"""gunicorn: one thread a worker; the heap is frozen after start, since full collections make the slowest pages."""

import gc
from typing import Any

# Loaded once before the workers fork: half the start-up time; nothing opens a connection while loading.
preload_app = True
timeout = 30
graceful_timeout = 20
accesslog = None
# The path of a request may not be logged by gunicorn: the application logs it without its query.
errorlog = "-"
loglevel = "warning"
control_socket_disable = True


def post_worker_init(worker: Any) -> None:
    gc.collect()
    gc.freeze()
