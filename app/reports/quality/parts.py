"""The fields and kinds of data whose presence is counted."""

from __future__ import annotations

FIELD, DATA = "FIELD", "DATA73"
_FIELDS = (
    ("FIRST_PERMIT", "ensimmäisen luvan päivä", "dagen för det första tillståndet"),
    ("IDENTITY", "henkilötunnus tai puuttumisen syy", "personbeteckning eller orsaken till att den saknas"),
    ("CITIZENSHIP", "kansalaisuus", "medborgarskap"), ("MOTHER_TONGUE", "äidinkieli", "modersmål"), ("EDUCATION", "koulutus", "utbildning"),
    ("PLAN_DATES", "suunnitelman päivät", "planens dagar"),
)  # fmt: skip
_DATA = (
    ("K73-1", "henkilötunnus", "personbeteckning"), ("K73-2", "nimi ja yhteystiedot", "namn och kontaktuppgifter"),
    ("K73-3", "oleskelulupa", "uppehållstillstånd"), ("K73-4", "asiointikieli ja tulkkaus", "servicespråk och tolkning"),
    ("K73-5", "koulutus, työ ja osaaminen", "utbildning, arbete och kompetens"),
    ("K73-6", "suunnitelma ja sen tavoitteet", "planen och dess mål"), ("K73-7", "palvelut", "tjänster"),
)  # fmt: skip
# Key, names, code list and labels, as `app.reports.dimensions` takes them.
ROWS = ((FIELD, "tieto", "uppgift", None, _FIELDS), (DATA, "73 §:n tieto", "uppgift enligt 73 §", None, _DATA))
