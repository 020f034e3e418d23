"""Contacts about a person who may need integration services (yhteydenotot, kontakter; 681/2023 § 9)."""
