"""Entry point for gunicorn (`run:app`) and for `flask --app run`; it ends with code 2 over another environment's database."""

import gc
import sys

# What is loaded stays: to look for garbage in it, again and again while it grows, took a third of the time of every start.
gc.disable()

from app import create_app  # noqa: E402 -- loaded without looking for garbage
from app.db.mark import ForeignDatabaseError, check_database  # noqa: E402

app = create_app()
gc.freeze()
gc.enable()
try:
    check_database(app.config["KOTO"])
except ForeignDatabaseError as error:
    print(f"Koto-digi does not start: {error}", file=sys.stderr)
    sys.exit(2)
