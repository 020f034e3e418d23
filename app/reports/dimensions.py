"""By what figures can be broken down (B5–B19 of reporting.md § 1), and the label of each value; areas and time are not among them."""

from __future__ import annotations

from dataclasses import dataclass

from app.codes.lists import label
from app.reports import groups, matters
from app.reports.quality import parts

# Between two values of a crossing, as in `F*18-24`.
CROSS = "*"


@dataclass(frozen=True)
class Dimension:
    """A breakdown: its names, the code list its values come from or their own labels (code, fi, sv), in the order they are shown."""

    key: str
    fi: str
    sv: str
    codes: str | None = None
    own: tuple[tuple[str, str, str], ...] = ()

    def label_of(self, value: str, language: str) -> str:
        """Give the label of a value in fi or sv."""
        for code, fi, sv in (*self.own, UNKNOWN):
            if code == value:
                return sv if language == "sv" else fi
        return label(self.codes, value, language) if self.codes else value

    def name_in(self, language: str) -> str:
        """Give the name in fi or sv."""
        return self.sv if language == "sv" else self.fi


UNKNOWN = (groups.UNKNOWN, "ei tiedossa", "okänt")
AGE_GROUPS = groups.AGE_GROUPS

_AGES = (
    *((f"{low}-{high}", f"{low}–{high} vuotta", f"{low}–{high} år") for low, high in AGE_GROUPS),
    ("65-", "65 vuotta täyttäneet", "65 år fyllda"),
)
_GROUNDS = (("A4", "oma pyyntö, yhteydenotto tai muu peruste", "egen begäran, kontakt eller annan grund"),)
_RESIDENCE = (
    ("ASYLUM", "turvapaikka tai toissijainen suojelu", "asyl eller alternativt skydd"),
    ("QUOTA", "pakolaiskiintiö", "flyktingkvot"),
    ("TEMPORARY", "tilapäinen suojelu", "tillfälligt skydd"),
    ("HUMANITARIAN", "muu suojelu tai humanitaarinen syy", "annat skydd eller humanitär orsak"),
    ("FAMILY_PROTECTED", "kansainvälistä suojelua saavan omainen", "anhörig till person med internationellt skydd"),
    ("FAMILY", "muu perheside", "annat familjeband"),
    ("WORK", "työ, yrittäjyys tai tutkimus", "arbete, företagande eller forskning"),
    ("STUDY", "opiskelu", "studier"),
    ("FREE_MOVEMENT", "EU- tai ETA-maan tai Pohjoismaan kansalainen", "medborgare i EU-, EES- eller nordiskt land"),
    ("OTHER", "muu peruste", "annan grund"),
)
_TONGUES = (
    *((code, label("LANGUAGE", code, "fi"), label("LANGUAGE", code, "sv")) for code in groups.MOTHER_TONGUES),
    ("OTHER", "muu kieli", "annat språk"),
)
_CITIZENSHIPS = (
    ("FI", "Suomi", "Finland"),
    ("EU_EEA", "muu EU- tai ETA-maa tai Sveitsi", "annat EU- eller EES-land eller Schweiz"),
    ("UA", "Ukraina", "Ukraina"),
    ("RU", "Venäjä", "Ryssland"),
    ("EUROPE", "muu Eurooppa", "övriga Europa"),
    ("MIDDLE_EAST", "Lähi-itä, Turkki ja Etelä-Kaukasia", "Mellanöstern, Turkiet och Sydkaukasien"),
    ("AFRICA", "Afrikka", "Afrika"),
    ("ASIA_OCEANIA", "muu Aasia ja Oseania", "övriga Asien och Oceanien"),
    ("AMERICA", "Amerikka", "Amerika"),
    ("STATELESS", "valtioton", "statslös"),
)
_EDUCATIONS = (
    ("0-1", "enintään 6 vuotta koulua", "högst 6 år i skola"), ("2", "perusaste", "grundnivå"),
    ("3-4", "toinen aste tai erikoisammattikoulutus", "andra stadiet eller specialyrkesutbildning"), ("5-8", "korkea-aste", "högre utbildning"),
)  # fmt: skip
_ORDINALS = (
    ("0", "ei suunnitelmaa", "ingen plan"),
    ("1", "ensimmäinen", "den första"),
    ("2", "toinen", "den andra"),
    ("3-", "kolmas tai myöhempi", "den tredje eller en senare"),
)
_YEARS = (
    ("0-1", "alle vuosi", "under ett år"), *((f"{low}-{high}", f"{low}–{high} vuotta", f"{low}–{high} år") for low, high in groups.YEARS_SINCE),
    ("5-", "vähintään 5 vuotta", "minst 5 år"),
)  # fmt: skip

_LEVELS = (
    ("BELOW", "alle A1.1", "under A1.1"), ("A1", "A1", "A1"), ("A2", "A2", "A2"), ("B1", "B1", "B1"), ("B2-", "B2 tai parempi", "B2 eller bättre"),
)  # fmt: skip
_OF_PERSON = (
    Dimension("RESPONSIBLE", "vastuussa oleva viranomainen", "ansvarig myndighet", "RESPONSIBLE"),
    Dimension("GENDER", "sukupuoli", "kön", "GENDER"),
    Dimension("AGE_GROUP", "ikäryhmä", "åldersgrupp", None, _AGES),
    Dimension("ASSESSMENT_GROUND", "arvioinnin peruste", "grund för bedömningen", "ASSESSMENT_GROUND", _GROUNDS),
    Dimension("RESIDENCE_GROUND", "oleskelun peruste", "grund för vistelsen", None, _RESIDENCE),
    Dimension("MOTHER_TONGUE", "äidinkieli", "modersmål", None, _TONGUES),
    Dimension("CITIZENSHIP", "kansalaisuus", "medborgarskap", None, _CITIZENSHIPS),
    Dimension("EDUCATION", "koulutusaste", "utbildningsnivå", None, _EDUCATIONS),
    Dimension("LITERACY", "tuen tarve luku- ja kirjoitustaidossa", "stödbehov i läs- och skrivkunnighet", "NEED_LEVEL"),
    Dimension("COUNTY", "hyvinvointialue osallistuu", "välfärdsområdet deltar", None, (("YES", "osallistuu", "deltar"), ("NO", "ei osallistu", "deltar inte"))),
    Dimension("PLAN_ORDINAL", "monesko suunnitelma", "vilken plan i ordningen", None, _ORDINALS),
    Dimension("TIME_SINCE_PERMIT", "aika ensimmäisestä luvasta", "tid sedan det första tillståndet", None, _YEARS),
)  # fmt: skip
# What a matter has of its own, beside its person.
_OF_MATTER = (
    Dimension("CONTACT_SENDER", "yhteydenottaja", "vem som tog kontakt", "SENDER_TYPE"),
    Dimension(
        "CONTACT_OUTCOME",
        "yhteydenoton tulos",
        "resultat av kontakten",
        "CONTACT_OUTCOME",
        (("OPEN", "ei vielä käsitelty", "ännu inte behandlad"),),
    ),
    Dimension("ASSESSMENT_OUTCOME", "arvioinnin tulos", "resultat av bedömningen", "ASSESSMENT_OUTCOME"),
    Dimension("FI_SV_LEVEL", "suomen tai ruotsin taito", "kunskaper i finska eller svenska", None, _LEVELS),
    Dimension("EXTENSION_GROUND", "pidentämisen peruste", "grund för förlängningen", "EXTENSION_GROUND"),
    Dimension("PLAN_END_REASON", "päättymisen syy", "orsak till avslutandet", "PLAN_END_REASON"),
    Dimension("GOAL_TYPE", "tavoitteen laji", "typ av mål", "GOAL_TYPE"),
    Dimension("HINDRANCE", "vaikeuttava tekijä", "försvårande faktor", "HINDRANCE"),
    Dimension("SERVICE_TYPE", "palvelun tyyppi", "typ av tjänst", "SERVICE_TYPE"),
    *(Dimension(*row) for row in (*matters.ROWS, *parts.ROWS)),
)
DIMENSIONS: dict[str, Dimension] = {one.key: one for one in (*_OF_PERSON, *_OF_MATTER)}

# What every person has on the last day of a period, in the order of `Subject.values`: B5–B13, B17–B19.
OF_PERSON: tuple[str, ...] = tuple(one.key for one in _OF_PERSON)
# What a person brings along, B5–B13; and with the time since the first permit (B19).
OF_BACKGROUND: tuple[str, ...] = tuple(key for key in OF_PERSON if key not in ("COUNTY", "PLAN_ORDINAL", "TIME_SINCE_PERMIT"))
OF_CLIENT: tuple[str, ...] = (*OF_BACKGROUND, "TIME_SINCE_PERMIT")
