"""Names of one person as two systems write them: in another script, shortened, the other way round, mistyped; pure functions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from app.core.folding import folded
from app.duplicates import rules as duplicates

Words = tuple[str, ...]

# Stand in some spellings of a family name and not in others; never all that a name is.
_PARTICLES = frozenset({"al", "el", "ul", "bin", "ibn", "bint", "von", "af", "de"})
_MARKS = re.compile(r"['`’]+")
_SEAMS = re.compile(r"[^0-9a-z]+")
_DOUBLE = re.compile(r"([a-zC])\1+")
# Ways to write a sound in Latin letters, each brought to one. The longer stand first; C is what "ch" sounds like.
_SOUNDS = (
    ("shch", "s"), ("tsch", "C"), ("tsh", "C"), ("tch", "C"), ("sch", "s"), ("sh", "s"), ("ch", "C"), ("cz", "C"), ("kh", "h"), ("gh", "g"), ("ph", "f"), ("th", "t"), ("dh", "d"),
    ("dzh", "j"), ("dj", "j"), ("x", "ks"), ("c", "k"), ("q", "k"), ("w", "v"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("y", "i"), ("j", "i"),
)  # fmt: skip
_VOWELS = frozenset("aeiou")
# Below these shares of common letters two names with the same consonants are two names: Hasan and Husein, Sara and Sari.
_LONG, _SHORT = 0.7, 0.76
_ANY_DAY = date(2000, 1, 1)

SAME, SHARED, SPELLED, CALLED, SWAPPED, NEAR, FAMILY, GIVEN, NONE = "SAME", "SHARED", "SPELLED", "CALLED", "SWAPPED", "NEAR", "FAMILY", "GIVEN", "NONE"


class Name(NamedTuple):
    """A name in words of Latin letters."""

    family: Words
    given: Words
    call: Words = ()


@lru_cache(maxsize=20_000)
def words(text: str) -> Words:
    """Give the words of a name without marks; a hyphen parts words, a particle is left out where something else is left."""
    found = tuple(_SEAMS.sub(" ", _MARKS.sub("", folded(text))).split())
    return tuple(word for word in found if word not in _PARTICLES) or found


@lru_cache(maxsize=20_000)
def sound(word: str) -> str:
    """Give a word as it sounds: `yuliya` and `julia` are the same."""
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    word = _DOUBLE.sub(r"\1", word)
    return word[:-1] if word[-2:-1] in _VOWELS and word[-1:] == "h" else word


@lru_cache(maxsize=20_000)
def consonants(word: str) -> str:
    """Give the consonants of a word as it sounds; a script that writes no vowels leaves nothing else."""
    heard = sound(word)
    if _is_unvowelled(heard):
        # Its y and w stand for vowels, and so does an h at the end.
        heard = heard.replace("v", "").removesuffix("h")
    return "".join(letter for letter in heard if letter not in _VOWELS)


def _is_unvowelled(heard: str) -> bool:
    return not _VOWELS - {"i"} & set(heard)


def is_same_word(one: str, other: str) -> bool:
    """Tell whether two words are one name, written in two ways."""
    if one == other:
        return True
    heard, other_heard = sorted((sound(one), sound(other)))
    if heard == other_heard:
        return True
    bones, other_bones = consonants(one), consonants(other)
    if _is_unvowelled(heard) or _is_unvowelled(other_heard):
        return bool(bones) and bones == other_bones
    if bones != other_bones or len(bones) < 2 or _ending(heard) != _ending(other_heard):
        return False
    return SequenceMatcher(None, heard, other_heard).ratio() >= (_LONG if len(bones) > 2 else _SHORT)


def _ending(heard: str) -> str:
    """Give the last vowel, nothing for a consonant: Aleksandr and Aleksandra, Petri and Petra are two persons."""
    return heard[-1] if heard[-1] in _VOWELS else ""


def _has_same(one: Words, other: Words) -> bool:
    """Tell whether one holds all words of the other, in any order."""
    return one == other or bool(one and other and (set(one) <= set(other) or set(other) <= set(one) or "".join(one) == "".join(other)))


def _is_spelled(one: Words, other: Words) -> bool:
    """Tell whether each word of the shorter one is some word of the longer, in its own spelling."""
    if _has_same(one, other):
        return True
    if not one or not other:
        return False
    short, long = (one, other) if len(one) < len(other) else (other, one)
    if len(one) == len(other):
        return is_same_word("".join(one), "".join(other)) or (_all_in(one, other) and _all_in(other, one))
    return _all_in(short, long) or is_same_word("".join(one), "".join(other))


def _all_in(short: Iterable[str], long: Words) -> bool:
    return all(any(is_same_word(word, other) for other in long) for word in short)


@lru_cache(maxsize=20_000)
def initials(name: Name) -> frozenset[str]:
    """Give the letters with which the words of a name begin as they sound; two names with none in common do not agree."""
    return frozenset((consonants(word) or sound(word))[:1] for word in (*name.family, *name.given, *name.call))


def agreement(one: Name, other: Name) -> str:
    """Tell how far two names agree; the strongest holds, and which of the two is named first is all one."""
    if _has_same(one.family, other.family) and _has_same(one.given, other.given):
        return SAME
    is_family = _is_spelled(one.family, other.family)
    if is_family and _is_called(one, other):
        return CALLED
    why = _why(one, other)
    if why == "NAME":
        return SHARED
    if is_family and _is_spelled(one.given, other.given):
        return SPELLED
    if why == "SWAPPED" or (_is_spelled(one.family, other.given) and _is_spelled(one.given, other.family)):
        return SWAPPED
    if why == "NEAR":
        return NEAR
    if is_family:
        return FAMILY
    return GIVEN if _is_spelled(one.given, other.given) else NONE


def _is_called(one: Name, other: Name) -> bool:
    """Tell whether the name one is called by stands for the other's given names."""
    both = (_is_spelled(one.call, (*other.given, *other.call)), _is_spelled(other.call, (*one.given, *one.call)))
    return bool((one.call and both[0]) or (other.call and both[1]))


def _why(one: Name, other: Name) -> str | None:
    """Ask what the register asks of two of its records; it may say less the other way round, and the stronger holds."""
    persons = [duplicates.Person(" ".join(name.family), " ".join(name.given), _ANY_DAY) for name in (one, other)]
    found = {duplicates.likeness(persons[0], persons[1]), duplicates.likeness(persons[1], persons[0])}
    return next((why for why in ("NAME", "SWAPPED", "NEAR") if why in found), None)
