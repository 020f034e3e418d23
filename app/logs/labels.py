"""Labels of the log's pages and of the document that the client gets."""

from flask_babel import lazy_gettext as _l

ACT = {"at": _l("Time"), "who": _l("Who"), "role": _l("Role and organisation"), "what": _l("What was done"), "purpose": _l("Purpose")}
OUTCOME = _l("Result")
PAPER = {
    "title": _l("Who has handled my data"), "client": _l("Client"), "number": _l("Client's number in the system"), "controller": _l("Controller"),
    "period": _l("Period"), "made": _l("Made"), "entries": _l("Events"), "none": _l("Nobody has handled your data in this period."),
    "about": _l("This document tells of each time your data were shown or changed in the client data system Koto-digi. The log is kept by law: "
                "Act on Information Management in Public Administration (906/2019), section 17, and Act on the Promotion of Immigrant "
                "Integration (681/2023), section 79."),
    "without_names": _l("The names of the workers are left out. If you need them, ask the controller."),
    "doubts": _l("If you think that your data were handled without cause, tell the controller. You may also turn to the Data Protection Ombudsman."),
    "cut": _l("Only the newest entries are here. Ask for a shorter period to see the others."),
}  # fmt: skip
