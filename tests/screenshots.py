"""Write a contact sheet of every type of page, in both languages and themes, wide and narrow: `make screenshots`.

The pages are found by crawling, as the tests find them. Sheets and single pictures stand in `tests/out/screenshots/`;
the pictures of the guide are written where the service has them (`tests/guide_pictures.py`).
"""

from __future__ import annotations

import shutil
import tempfile
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from tests.guide_pictures import write_pictures
from tests.support.app import make_app
from tests.support.browser import chromium, served_here
from tests.support.crawler import Met, crawl
from tests.support.examples import example_installation
from tests.support.tour import Album, types

OUT = Path(__file__).parent / "out" / "screenshots"
SIZES = {"wide": (1280, 800), "narrow": (320, 640)}
_SHEET = """<!DOCTYPE html><html lang="en"><title>Contact sheet</title><style>
body {{ margin: 16px; font: 14px sans-serif; display: grid; grid-template-columns: repeat(6, 1fr); gap: 16px; background: #888; }}
figure {{ margin: 0; }} img {{ width: 100%; height: 320px; object-fit: contain; object-position: top left; background: #fff; }}
</style>{}"""


def _take(page: Any, address: str, met: Met, number: int, language: str, theme: str) -> None:
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        page.goto(address)
        name = f"{met.endpoint.replace('View', '')}-{met.status}-{number:03}-{language}-{theme}-{size}.png"
        page.screenshot(path=str(OUT / name), full_page=True)


def _sheet(browser: Any, language: str, theme: str, size: str) -> None:
    """Lay the pictures of one language, theme and size side by side, six in a row."""
    pictures = sorted(OUT.glob(f"*-*-{language}-{theme}-{size}.png"))
    figures = "".join(f'<figure><img src="{escape(path.name)}" alt=""><figcaption>{escape(path.name)}</figcaption></figure>' for path in pictures)
    page_file = OUT / f"sheet-{language}-{theme}-{size}.html"
    page_file.write_text(_SHEET.format(figures), encoding="utf-8")
    page = browser.new_page(viewport={"width": 1800, "height": 900})
    page.goto(page_file.as_uri())
    page.screenshot(path=str(page_file.with_suffix(".png")), full_page=True)
    page.close()


def main() -> None:
    """Prepare an installation, take the pictures, lay the sheets."""
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as temporary:
        folder = example_installation(Path(temporary))
        crawled = cache(lambda person, language: crawl(folder, person, language))
        for language in ("fi", "sv"):
            pages = types(crawled, language)
            with served_here(Album(make_app(folder), pages)) as site, chromium() as browser:
                for theme in ("light", "dark"):
                    page = browser.new_context(locale=language, color_scheme=theme, reduced_motion="reduce").new_page()
                    for number, met in enumerate(pages):
                        _take(page, f"{site}/album/{number}", met, number, language, theme)
                    for size in SIZES:
                        _sheet(browser, language, theme, size)
    print(f"{len(list(OUT.glob('*.png')))} pictures in {OUT}")
    write_pictures()


if __name__ == "__main__":
    main()
