"""Labels of settings and of where they come from."""

from flask_babel import lazy_gettext as _l

COLUMNS = {"setting": _l("Setting"), "value": _l("Value"), "source": _l("Where it comes from"), "place": _l("Where it is changed")}
OWN, NATIONAL, DEFAULT, INSTALLATION = _l("Own decision"), _l("National agency"), _l("Default of the service"), _l("Installation")
