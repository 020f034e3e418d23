"""Which passwords a local account may have: long, and none that is easily guessed. No rule asks for kinds of characters."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from zxcvbn import zxcvbn

SHORTEST, LONGEST = 15, 128
# Three rounds beside each other: what OWASP asks of scrypt with these 32 MB. A weaker hash from before stays good until it is changed.
HASH_METHOD = "scrypt:32768:8:3"
# Guesses that it takes at least, as a power of ten; the estimate knows the 30,000 commonest passwords, names, rows of keys, years, repeats.
_LEAST_GUESSES_LOG10 = 10
# The estimate takes time that grows with the length; what is hard to guess in its first characters is hard as a whole.
_ESTIMATED = 72
# Words that belong to this service and its field: whoever guesses begins with them.
CONTEXT_WORDS = ("koto", "koto-digi", "kotodigi", "kotoutuminen", "kotoutumissuunnitelma", "kotouttaminen", "integration", "integrationsplan", "maahanmuutto",
                 "invandring", "maahanmuuttaja", "asiakas", "klient", "kunta", "kommun", "salasana", "lösenord", "losenord", "hyvinvointialue", "välfärdsområde",
                 "kehitys", "palvelu", "tjänst", "suomi", "finland", "sverige", "syksy", "kevät", "kesä", "talvi", "vinter", "sommar", "vår", "höst")  # fmt: skip


class Weakness(Enum):
    """Why a password is not taken."""

    SHORT = 1
    LONG = 2
    GUESSABLE = 3


def weakness_of(password: str, own_words: Iterable[str]) -> Weakness | None:
    """Tell why a password is not taken, None for a good one; `own_words` are the person's names and those of their organisations."""
    if len(password) < SHORTEST:
        return Weakness.SHORT
    if len(password) > LONGEST:
        return Weakness.LONG
    words = [*CONTEXT_WORDS, *(part for word in own_words for part in (word, *word.replace("-", " ").split()) if len(part) > 2)]
    estimate = zxcvbn(password[:_ESTIMATED], user_inputs=[word.lower() for word in words])
    return Weakness.GUESSABLE if float(estimate["guesses_log10"]) < _LEAST_GUESSES_LOG10 else None
