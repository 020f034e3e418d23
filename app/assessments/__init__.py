"""Assessment of competence and integration service needs (arviointi, bedömning; 681/2023 § 14, Decree 869/2024)."""
