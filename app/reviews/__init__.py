"""Reviews of the plan (suunnitelman tarkistaminen, översyn av planen; 681/2023 § 22, Decree 874/2024 § 3)."""
