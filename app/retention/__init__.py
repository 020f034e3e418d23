"""The end of what is stored of a client: four years after the relationship everything is deleted. Basis: 681/2023 § 77."""
