"""Services of the plan in life: referral, participation, hours, results (palvelut, tjänster; 681/2023 §§ 20.5, 25–27, Decree 576/2024)."""
