"""Consents of clients, with the texts they were given to (suostumukset, samtycken; 681/2023 §§ 9, 85, Decree 874/2024 § 4)."""
