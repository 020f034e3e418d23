"""Labels of use."""

from flask_babel import lazy_gettext as _l

USE = {
    "name_fi": _l("Name in Finnish"), "name_sv": _l("Name in Swedish"), "kind": _l("Kind"), "counted_on": _l("State on"), "rights": _l("Users with a right"),
    "active_30": _l("Active in 30 days"), "active_90": _l("Active in 90 days"), "clients": _l("Clients"), "plans": _l("Plans in force"),
    "imports": _l("Moves of data"), "stored_bytes": _l("Stored files"), "stored": _l("Stored files"),
}  # fmt: skip
