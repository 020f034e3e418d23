"""The chain in words of one language."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext as _

from app.codes.lists import label
from app.explanations.labels import LINK
from app.explanations.queries import Link
from app.explanations.rules import Relation
from app.users.models import AccessGrant
from app.web.language import current_language


def _day(day: date) -> str:
    return f"{day:%-d.%-m.%Y}"


def period_text(first: date, last: date | None) -> str:
    return _("%(first)s – %(last)s", first=_day(first), last=_day(last)) if last else _("since %(first)s", first=_day(first))


def role_text(grant: AccessGrant) -> str:
    """Give the role by its own name, and by the organisation's narrower one where it is that."""
    name = label("ROLE", grant.role, current_language())
    own = grant.local_role and grant.local_role.name_in(current_language())
    return _("%(own)s (%(role)s)", own=own, role=name) if own else name


def relation_text(relation: Relation | None) -> str:
    if relation is None:
        return _("None")
    if relation.is_owner:
        return _("The organisation's own client")
    return _("Shared for: %(purpose)s", purpose=label("AUDIT_PURPOSE", relation.purpose, current_language()))


def result_text(link: Link) -> str:
    if link.refusal is None:
        return _("Opens the client's data")
    return _("Does not open the client's data: %(reason)s", reason=label("ACCESS_REFUSAL", link.refusal, current_language()))


def shown_link(link: Link) -> dict[str, Any]:
    """Give a link as a summary list; what is empty is left out."""
    grant, language = link.grant, current_language()
    texts = {
        "role": role_text(grant), "organisation": link.organisation.name_in(language), "basis": label("GRANT_BASIS", grant.basis, language),
        "task": grant.task or "", "period": period_text(grant.valid_from, grant.valid_to),
        "granted_by": link.grantor.name_in(language) if link.grantor else "", "relation": relation_text(link.relation),
        "relation_period": period_text(link.relation.valid_from, link.relation.valid_to) if link.relation else "", "result": result_text(link),
    }  # fmt: skip
    return {"title": texts["role"], "items": [{"label": LINK[name], "text": text} for name, text in texts.items() if text], "opens": link.refusal is None}
