"""The program of the child process: run by its path, never imported. Takes one line of JSON on standard input and writes messages on standard output."""

from __future__ import annotations

import json
import resource
import sys
import types
from pathlib import Path

if __name__ == "__main__":
    request = json.loads(sys.stdin.buffer.readline())
    # Before anything else: what follows is already inside.
    resource.setrlimit(resource.RLIMIT_AS, (request["limits"]["memory_bytes"],) * 2)
    # The packages above are entered without running their `__init__`: the application, its settings and its secrets stay outside.
    sys.path = [entry for entry in sys.path if Path(entry).resolve() != Path(__file__).resolve().parent]
    package = types.ModuleType("app")
    package.__path__ = [str(Path(__file__).resolve().parents[2])]
    sys.modules["app"] = package
    from app.imports.reading.worker import work

    work(request)
