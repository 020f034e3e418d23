"""Appointments with the client: language, interpreter, attendance, and the fee for not coming (ajanvaraukset, tidsbokningar; 681/2023 § 32 a)."""
