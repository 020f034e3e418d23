"""Codes of an authenticator app (RFC 6238) and recovery codes: pure rules, the moment comes in as an argument."""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime

import pyotp
import segno

STEP_SECONDS, DIGITS = 30, 6
# Clocks of telephones differ a little: the code before and the one after count too.
WINDOW = 1
MOST_TRIES, WAIT_MINUTES, HALF_MINUTES = 5, 15, 10
RECOVERY_CODES = 10
# Without l, o, 0 and 1, which are mistaken for each other; 24 of them hold 120 bits.
_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"


def new_secret() -> str:
    """Make a secret of 160 bits in base 32."""
    return pyotp.random_base32()


def step_of(secret: str, code: str, moment: datetime, *, after: int) -> int | None:
    """Give the time step whose code this is; None for a wrong code and for one of step `after` or before."""
    now_step = int(moment.timestamp()) // STEP_SECONDS
    clock = pyotp.TOTP(secret, digits=DIGITS, interval=STEP_SECONDS)
    found = None
    for step in range(now_step - WINDOW, now_step + WINDOW + 1):
        # Every step is compared, whichever fits, so that the time taken tells nothing.
        if hmac.compare_digest(clock.generate_otp(step).encode(), code.encode()) and step > after:
            found = step
    return found


def plain_code(text: str) -> str:
    """Give a typed code without the spaces and hyphens people put between its groups."""
    return "".join(letter for letter in text.lower() if letter.isalnum())


def is_app_code(code: str) -> bool:
    """Tell whether a code has the shape that an authenticator app shows."""
    return len(code) == DIGITS and code.isascii() and code.isdigit()


def new_recovery_codes() -> list[str]:
    """Make recovery codes in groups of four letters."""
    return ["-".join("".join(secrets.choice(_LETTERS) for _letter in range(4)) for _group in range(6)) for _code in range(RECOVERY_CODES)]


def in_groups(secret: str) -> str:
    """Give a secret as it is easiest to type."""
    return " ".join(secret[place : place + 4] for place in range(0, len(secret), 4))


def qr_of(secret: str, username: str) -> str:
    """Give the picture an authenticator app reads, as the address of an SVG; white under the black, for dark screens too."""
    address = pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name="Koto-digi")
    return segno.make(address, error="m").svg_data_uri(border=4, light="#fff", omitsize=True)
