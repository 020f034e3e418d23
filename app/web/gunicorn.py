"""gunicorn: one thread a worker, and the worker of jobs beside it; the heap is frozen after start, since full collections make the slowest pages."""

import gc
import os
import signal
import subprocess
import sys
from importlib import import_module
from pathlib import Path
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
_ROOT = Path(__file__).resolve().parents[2]
_JOBS = str(_ROOT / "bin/jobs")
# Where the workers count the requests for `/metrics` (`app/web/tally.py`); the library reads it when it is loaded, after this and before the application.
_COUNTED = Path(os.environ.get("KOTO_INSTANCE_DIR") or _ROOT / "instance").resolve() / "metrics" / str(os.getpid())
raw_env = [f"PROMETHEUS_MULTIPROC_DIR={_COUNTED}"]


def when_ready(server: Any) -> None:
    # What draws charts and makes documents is loaded when first needed; of the service before its workers fork, who share it.
    for name in ("vl_convert", "app.reports.charts.specs", "app.core.pdf_renderer"):
        import_module(name)
    # Ctrl-C stops as SIGTERM does, after the requests in flight; gunicorn's own way cuts them off. A second one does.
    server.handle_int = server.handle_term
    if os.environ.get("KOTO_JOBS", "on") != "off":
        # Through a shell that ends, so that it is no child of the server, which would take its end for a worker's.
        subprocess.run(["/bin/sh", "-c", 'sh "$0" "$1" "$2" &', _JOBS, str(os.getpid()), sys.executable], check=False)  # noqa: S603


def post_worker_init(worker: Any) -> None:
    # A terminal sends Ctrl-C to the workers too; the master tells them when to stop.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    worker.wsgi.extensions["koto_tally"].make_room()
    gc.collect()
    gc.freeze()


def child_exit(_server: Any, worker: Any) -> None:
    # What a worker counted still counts; only what told of the living one goes.
    import_module("prometheus_client.multiprocess").mark_process_dead(worker.pid, str(_COUNTED))
