"""Write the pictures of the guide, with invented clients, in both languages: part of `make screenshots`."""

from __future__ import annotations

import tempfile
from io import BytesIO
from pathlib import Path
from typing import Any

from flask import Flask
from PIL import Image

from app.demo.accounts import DEMO_PASSWORD
from tests.support.app import make_app, prepare
from tests.support.browser import chromium, served_here, sign_in

OUT = Path(__file__).parents[1] / "app" / "static" / "guide"
# Chapter → the page that its picture shows.
PICTURES = {"start": "/?whose=all", "clients": "/clients/list/", "plans": "/plans/list/", "queue": "/work-queue/list/"}
WIDTH, HEIGHT, LARGEST = 1120, 720, 60_000


def _write(page: Any, name: str) -> None:
    """Keep the top of the page's content, in few colours; the head of the page is the same everywhere."""
    top = page.locator("main").bounding_box()["y"]
    clip = {"x": 0, "y": top, "width": WIDTH, "height": HEIGHT}
    picture = Image.open(BytesIO(page.screenshot(full_page=True, clip=clip))).convert("RGB").quantize(64)
    picture.save(OUT / f"{name}.png", optimize=True)
    if (OUT / f"{name}.png").stat().st_size > LARGEST:
        raise ValueError(f"{name} is too large")


def take(app: Flask) -> None:
    """Take every picture of a prepared application."""
    OUT.mkdir(exist_ok=True)
    with served_here(app) as site, chromium() as browser:
        for language in ("fi", "sv"):
            page = browser.new_context(locale=language, viewport={"width": WIDTH, "height": HEIGHT}, reduced_motion="reduce").new_page()
            page.goto(f"{site}/login/")
            sign_in(page, site, "aino", DEMO_PASSWORD)
            page.goto(f"{site}/lang/{language}")
            for chapter, path in PICTURES.items():
                page.goto(site + path)
                _write(page, f"{chapter}-{language}")


def write_pictures() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        app = make_app(Path(temporary))
        prepare(app, 300)
        take(app)


if __name__ == "__main__":
    write_pictures()
