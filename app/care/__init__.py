"""Central care (fi keskitetty ylläpito, sv centralt underhåll): organisations, code lists, settings and use. Basis: 681/2023 § 78.1."""
