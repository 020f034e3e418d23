"""Pages of the guide, for everybody: it tells how the system is used and nothing of anybody."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.access.actor import current_actor
from app.help.chapters import Chapter, chapter_of_package, chapters, found_by
from app.web.functions import package_of_endpoint
from app.web.language import current_language

guide = Blueprint("guide", __name__, url_prefix="/help")
LONGEST = 100


def help_address() -> str:
    """Give the address of the chapter about this page, of the whole guide where no chapter is."""
    key = None if request.blueprint == guide.name else chapter_of_package(package_of_endpoint(request.endpoint))
    return url_for("guide.chapter", key=key) if key else url_for("guide.index")


def _links(found: list[Chapter]) -> list[dict[str, str]]:
    language = current_language()
    return [{"url": url_for("guide.chapter", key=one.key), "title": one.texts[language].title, "lead": one.texts[language].lead} for one in found]


def _is_for(chapter: Chapter, role: str | None) -> bool:
    return role is not None and role in chapter.roles


@guide.route("/", methods=["GET", "POST"])
def index() -> Any:
    """Show every chapter, those for the reader's role first; sent with words, the chapters that hold them. The words stay out of the address."""
    words = " ".join(request.form.get("q", "")[:LONGEST].split())
    actor, every = current_actor(), list(chapters().values())
    found = found_by(words, current_language()) if words else None
    own = [one for one in every if _is_for(one, actor.role if actor else None)]
    groups = [
        {"title": _("For your role"), "chapters": _links(own)},
        {"title": _("All chapters") if not own else _("Other chapters"), "chapters": _links([one for one in every if one not in own])},
    ]  # fmt: skip
    told = ngettext("%(num)d chapter found", "%(num)d chapters found", len(found)) if found is not None else None
    return render_template("koto/help.html", title=_("Help"), words=words, found=_links(found or []), told=told, groups=[group for group in groups if group["chapters"]])


@guide.get("/<key>")
def chapter(key: str) -> Any:
    """Show a chapter, with the way to the next and the one before."""
    every = chapters()
    if key not in every:
        abort(404)
    keys = list(every)
    at = keys.index(key)
    around = [(_("Previous chapter"), keys[at - 1] if at else None), (_("Next chapter"), keys[at + 1] if at + 1 < len(keys) else None)]
    text = every[key].texts[current_language()]
    ways = [{"label": label, **_links([every[other]])[0]} for label, other in around if other]
    return render_template("koto/help_chapter.html", title=text.title, text=text, picture=f"guide/{key}-{current_language()}.png", ways=ways)
