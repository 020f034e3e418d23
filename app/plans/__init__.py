"""Integration plans (kotoutumissuunnitelma, integrationsplan; 681/2023 §§ 16–24, Decree 874/2024 § 2)."""
