"""Entry point for gunicorn (`run:app`) and for `flask --app run`; it ends with code 2 over another environment's database."""

import sys

from app import create_app
from app.db.mark import ForeignDatabaseError, check_database

app = create_app()
try:
    check_database(app.config["KOTO"])
except ForeignDatabaseError as error:
    print(f"Koto-digi does not start: {error}", file=sys.stderr)
    sys.exit(2)
