"""Breakdowns of what is counted itself, beside those of the person: key, names, code list and labels of its own, in the order they are shown."""

from __future__ import annotations

from app.deadlines.numbers import numbers

Label = tuple[str, str, str]
Row = tuple[str, str, str, str | None, tuple[Label, ...]]


def _rules() -> tuple[Label, ...]:
    """Give each rule of the law by its id; of several rows the words of the first."""
    told: dict[str, Label] = {}
    for row in numbers():
        if row.what_fi and row.id not in told:
            told[row.id] = (row.id, row.what_fi, row.what_sv)
    return tuple(told.values())


_YOUTH = (
    *(
        (f"{low}-{high}", f"{low}–{high} vuotta", f"{low}–{high} år")
        for low, high in ((0, 6), (7, 12), (13, 15), (16, 17), (18, 20), (21, 22))
    ),
)
_AHEAD = (
    ("3", "3 kuukauden kuluessa", "inom 3 månader"), ("6", "6 kuukauden kuluessa", "inom 6 månader"), ("12", "7–12 kuukauden kuluessa", "inom 7–12 månader"),
)  # fmt: skip
_DUE = (
    ("LATE", "myöhässä", "försenad"), ("7", "7 päivän kuluessa", "inom 7 dagar"), ("30", "8–30 päivän kuluessa", "inom 8–30 dagar"),
    ("90", "31–90 päivän kuluessa", "inom 31–90 dagar"),
)  # fmt: skip
_RETENTION = (
    ("DUE", "määräaika on päättynyt", "tiden har gått ut"), ("YEAR", "vuoden kuluessa", "inom ett år"), ("LATER", "myöhemmin", "senare"),
    ("STATUTORY_TASK", "säilytetään lakisääteistä tehtävää varten", "bevaras för en lagstadgad uppgift"),
    ("PENDING_MATTER", "säilytetään vireillä olevan asian vuoksi", "bevaras för ett anhängigt ärende"), ("DELETED", "poistettu kauden aikana", "raderade under perioden"),
)  # fmt: skip
_STATES = (
    ("IN_USE", "käytössä", "används"), ("UNUSED", "yli 90 päivää käyttämättä", "oanvänd över 90 dagar"),
    ("EXPIRES", "päättyy 4 viikon kuluessa", "upphör inom 4 veckor"),
)  # fmt: skip
_STAGES = (("OPEN", "selvitettävänä", "utreds"), ("DECIDED", "selvitetty", "utredd"))
_REPORTED = (("YES", "viraston ilmoittama", "anmäld av centret"), ("NO", "kunnan oma havainto", "kommunens egen iakttagelse"))
_RECEIVERS = (("KELA", "Kansaneläkelaitos", "Folkpensionsanstalten"),)
_GROUNDS = tuple((code, f"681/2023 {code.replace('.', ' §:n ')} momentti" if "." in code else f"681/2023 {code} §",
                  f"681/2023 {code.replace('.', ' § ')} mom." if "." in code else f"681/2023 {code} §") for code in ("86.2", "86.4", "88.1", "94"))  # fmt: skip
_ADOPTION = (
    ("USERS", "kunnalla on käyttäjiä", "kommunen har användare"), ("CLIENTS", "kunnalla on asiakkaita", "kommunen har kunder"),
    ("MIGRATED", "kunta on tuonut tietonsa", "kommunen har överfört sina uppgifter"),
)  # fmt: skip
_FOLLOW_UP = tuple((f"M{months}", f"{months} kuukauden kuluttua", f"efter {months} månader") for months in (3, 6, 12))

ROWS: tuple[Row, ...] = (
    ("DISCONTINUE_REASON", "keskeytymisen syy", "orsak till avbrottet", "HINDRANCE", ()),
    ("ORIENTATION_LANGUAGE", "yhteiskuntaorientaation kieli", "samhällsorienteringens språk", "LANGUAGE", (("NONE", "ei aloittanut", "inte inledd"),)),
    ("TEST_LANGUAGE", "testin kieli", "testets språk", "TEST_LANGUAGE", ()),
    ("TEST_PART", "osakoe", "delprov", "SKILL_PART", ()),
    ("APPOINTMENT_PURPOSE", "tapaamisen aihe", "mötets ärende", "APPOINTMENT_PURPOSE", ()),
    ("STUDY_SUPPORT", "tuen vaihe", "stödets skede", None,
     (("WITHIN", "suunnitelman aikana", "under planen"), ("AFTER", "enimmäiskeston jälkeen", "efter den maximala tiden"))),
    ("FOLLOW_UP", "seuranta-aika", "uppföljningstid", None, _FOLLOW_UP),
    ("UNEMPLOYMENT", "työttömyyden kesto", "arbetslöshetens längd", None,
     (("ALL", "kaikki työttömät", "alla arbetslösa"), ("LONG", "vähintään vuoden työttömänä", "arbetslös minst ett år"))),
    ("STUDY_FORM", "koulutus", "utbildning", None,
     (("VOCATIONAL", "ammatillinen koulutus", "yrkesutbildning"), ("GENERAL", "lukiokoulutus", "gymnasieutbildning"))),
    ("MOVED_WITHIN", "muutto saapumisesta", "flyttning från ankomsten", None,
     (("M12", "12 kuukauden kuluessa", "inom 12 månader"), ("M24", "24 kuukauden kuluessa", "inom 24 månader"))),
    ("PLACE_STAGE", "kuntapaikan vaihe", "kommunplatsens skede", None,
     (("AGREED", "sovittu", "avtalad"), ("OFFERED", "osoitettu", "anvisad"), ("FILLED", "täytetty", "besatt"))),
    ("YOUTH_AGE", "ikä", "ålder", None, _YOUTH),
    ("MONTHS_AHEAD", "päättyminen", "upphörande", None, _AHEAD),
    ("WORK_LOAD", "työntekijän tehtävät", "arbetstagarens uppgifter", None,
     (("DUE", "erääntyy 30 päivän kuluessa", "förfaller inom 30 dagar"), ("LATE", "myöhässä", "försenad"))),
    ("RULE", "lain määräaika", "lagens tidsfrist", None, _rules()),
    ("DUE_IN", "erääntyminen", "förfallodag", None, _DUE),
    ("RETENTION", "tietojen poistaminen", "radering av uppgifterna", None, _RETENTION),
    ("RIGHT_STATE", "käyttöoikeuden tila", "användarrättens läge", None, _STATES),
    ("GRANT_BASIS", "käyttöoikeuden peruste", "grund för användarrätten", "GRANT_BASIS", ()),
    ("RIGHT_HOLDER", "käyttöoikeuden haltijan organisaatio", "organisation som har rätten", "ORGANISATION_KIND", ()),
    ("ROLE", "rooli", "roll", "ROLE", ()),
    ("LOG_RULE", "havainnon laji", "typ av iakttagelse", "LOG_RULE", ()),
    ("FINDING_STAGE", "selvityksen vaihe", "utredningens skede", None, _STAGES),
    ("FINDING_REPORTED", "havainnon tekijä", "vem som gjorde iakttagelsen", None, _REPORTED),
    ("RECEIVER", "vastaanottaja", "mottagare", "ORGANISATION_KIND", _RECEIVERS),
    ("DISCLOSURE_GROUND", "luovutuksen peruste", "grund för utlämnandet", None, _GROUNDS),
    ("ADOPTION", "käyttöönotto", "ibruktagande", None, _ADOPTION),
)  # fmt: skip
