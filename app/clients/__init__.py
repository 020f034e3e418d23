"""Clients and the facts about them (asiakas, kund; 681/2023 §§ 2, 5, 73)."""
