"""Which encoding a text is in. UTF-8 when it is valid, UTF-16 by its mark or its zeros, else the code pages of Finnish and Swedish systems.

General detectors were tried and are not used: they read short cp1252 texts with ä, ö and å as code pages nobody here has had (docs/adr/0032).
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import BinaryIO

_CHUNK = 1024 * 1024
_SAMPLE = 256 * 1024
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}|\xe0[\xa0-\xbf][\x80-\xbf]|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
_OURS = frozenset("åäöÅÄÖéÉüÜ")
_KNOWN = _OURS | frozenset("šžŠŽøæØÆõÕáÁíÍóÓúÚñÑçÇèÈëËïÏâÂêÊôÔßàÀìÌòÒùÙîÎûÛãÃýÝðÐþÞ€–—’‘”“„…•§°º½¼¾«»´·²³µ£©®\xa0¤±×")
_QUOTES = frozenset("„”“†‡•")


@dataclass(frozen=True)
class Encoding:
    """The encoding to read with; `certain` when the bytes leave no doubt, `mixed` when some bytes are of another encoding."""

    name: str
    certain: bool = True
    mixed: bool = False


def detect(file: BinaryIO) -> Encoding:
    """Tell the encoding of a text from all of its bytes."""
    start = file.read(_SAMPLE)
    for mark, name in _MARKS:
        if start.startswith(mark):
            return Encoding(name)
    wide = _by_zeros(start)
    if wide:
        return Encoding(wide, certain=False)
    good, bad, sample = _count(start, file)
    if bad == 0:
        return Encoding("utf-8")
    if good >= bad:
        return Encoding("utf-8", mixed=True)
    return _code_page(sample)


def _by_zeros(start: bytes) -> str | None:
    """Western text in UTF-16 has a zero in every other byte."""
    if len(start) < 4:
        return None
    even, odd = start[0::2].count(0) / len(start[0::2]), start[1::2].count(0) / len(start[1::2])
    if odd > 0.3 and even < 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > 0.3 and odd < 0.05 else None


def _count(chunk: bytes, file: BinaryIO) -> tuple[int, int, bytes]:
    """Count the sequences of UTF-8 and the bytes that are of none, and give a sample that has such bytes."""
    good = bad = 0
    sample, carry = b"", b""
    while chunk:
        if carry or not chunk.isascii():
            chunk = carry + chunk
            # A sequence may be cut by the end of the chunk: at most three bytes wait for the next one.
            cut = next((len(chunk) - back for back in range(1, min(4, len(chunk) + 1)) if chunk[-back] >= 0xC0), len(chunk))
            carry, chunk = chunk[cut:], chunk[:cut]
            sequences, left = _sequences(chunk)
            good, bad = good + sequences, bad + left
            if left and len(sample) < _SAMPLE:
                sample += chunk[:_SAMPLE]
        chunk = file.read(_CHUNK)
    sequences, left = _sequences(carry)
    return good + sequences, bad + left, sample + (carry if left else b"")


def _sequences(chunk: bytes) -> tuple[int, int]:
    rest, sequences = _SEQUENCE.subn(b"", chunk)
    return sequences, len(_HIGH.findall(rest))


def _strange(text: str) -> float:
    """Tell which share of the characters beyond ASCII does not stand in our languages, or stands where it cannot."""
    high = strange = 0
    for at, one in enumerate(text):
        if one < "\x80":
            continue
        high += 1
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        between = before.isalpha() and after.isalpha()
        if one not in _KNOWN or (one in _QUOTES and between) or (one.isupper() and before.islower()):
            strange += 1
    return strange / high if high else 0.0


def _ours(text: str) -> float:
    """Tell which share of the characters beyond ASCII are letters of Finnish and Swedish."""
    high = [one for one in text if one >= "\x80"]
    return sum(one in _OURS for one in high) / max(len(high), 1)


def _code_page(sample: bytes) -> Encoding:
    """Windows' code page unless it makes little sense and another makes more."""
    found = {name: _strange(sample.decode(name, "replace")) for name in ("cp1252", "cp850", "mac-roman")}
    if found["cp1252"] <= 0.2:
        return Encoding("cp1252", certain=found["cp1252"] == 0)
    # å, ä and ö decide between two that both make letters.
    best = min(found, key=lambda name: found[name] - _ours(sample.decode(name, "replace")))
    return Encoding(best if found[best] < found["cp1252"] / 2 else "cp1252", certain=False)
