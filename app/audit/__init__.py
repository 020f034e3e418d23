"""The audit log: who saw or changed which client's data, by which right. Basis: 906/2019 § 17, 681/2023 § 79."""
