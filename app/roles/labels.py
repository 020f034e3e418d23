"""Labels of an organisation's own roles."""

from flask_babel import lazy_gettext as _l

LOCAL_ROLE = {
    "base": _l("Made from the role"), "name_fi": _l("Name in Finnish"), "name_sv": _l("Name in Swedish"), "reason": _l("What it is for"),
    "changed_at": _l("Changed"),
}  # fmt: skip
