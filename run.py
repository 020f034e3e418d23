"""Entry point for gunicorn (`run:app`) and for `flask --app run`."""

from app import create_app

app = create_app()
