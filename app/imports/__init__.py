"""Moving in (tietojen siirto, överföring av uppgifter): a municipality brings what its old system holds. Basis: 681/2023 §§ 73–76."""
