"""Findings and refusals in the words of the language in force."""

from __future__ import annotations

import json
from typing import Any

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.imports.mapping.texts import CURES
from app.imports.models import ImportFinding
from app.imports.reading.labels import SENTENCES
from app.imports.specification.rules import TEXTS

NOT_NOW: dict[str, Any] = {
    "NOT_STAGED": _l("The rows have not been read through the mappings yet. Rehearse first."),
    "NOT_REHEARSED": _l("The batch has not been rehearsed as it is now. Rehearse first."),
    "COMMITTED": _l("The batch has been moved in already."),
    "HALF_IN": _l("A part of the batch has been moved in. Go on with it, or take that part back."),
    "NOT_COMMITTED": _l("Nothing of the batch has been moved in, so there is nothing to undo."),
    "NEEDS_LEAVE": _l("The certificate has been signed. Undoing needs the national administrator's leave."),
    "SIGNED": _l("The certificate has been signed."),
    "SAMPLES_WAIT": _l("Compare every sample with the record here before you sign."),
    "BUSY": _l("Another work on this move is under way. Wait until it is finished, or end it."),
    "STOPS_ALL": _l("A finding stops the whole file. Correct it first."),
    "MANY_LOST": _l("More rows would be left out than the batch allows. Look at the findings, and confirm or correct."),
}


def sentences(finding: ImportFinding) -> tuple[str, str]:
    """Give the reason and the cure of a finding, whichever step it came from."""
    if finding.step == "READ":
        sentence = SENTENCES[finding.code]
        return str(sentence.reason), str(sentence.cure)
    if finding.words:
        words: dict[str, str] = json.loads(finding.words)
        return words.get(get_locale().language, words["fi"]), _("Compare with the old system, and correct it there if it is wrong. What only warns is brought as it was.")
    return str(TEXTS[finding.code]), str(CURES[finding.code])
