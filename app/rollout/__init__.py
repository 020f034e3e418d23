"""Taking the system into use (käyttöönotto, ibruktagande) in each municipality by the day the act demands (681/2023 §§ 74.2, 102.3–4)."""
