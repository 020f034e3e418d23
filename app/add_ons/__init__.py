"""Add-ons of municipalities: programs that use the API with tokens of their own. Basis: 681/2023 § 75."""
