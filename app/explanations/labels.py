"""Labels of the chain from a person to a client."""

from flask_babel import lazy_gettext as _l

LINK = {
    "role": _l("Role"), "organisation": _l("Organisation"), "basis": _l("Legal basis"), "task": _l("Task that needs the right"),
    "period": _l("Right in force"), "granted_by": _l("Granted by"), "relation": _l("Organisation's relation to the client"),
    "relation_period": _l("Relation in force"), "result": _l("Result"),
}  # fmt: skip
PERSON = {"who": _l("User"), "role": _l("Role"), "organisation": _l("Organisation"), "relation": _l("Organisation's relation to the client"), "until": _l("Right ends")}
