"""Moving a client to another municipality (asiakkaan siirto, överföring av klient; 681/2023 §§ 78, 85, 86)."""
