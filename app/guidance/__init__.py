"""Guidance and counselling as it is recorded with consent (ohjaus ja neuvonta, vägledning och rådgivning; 681/2023 § 10, Decree 874/2024 § 4)."""
