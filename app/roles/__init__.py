"""Roles and what they may do (rooli, roll; 681/2023 §§ 79–80): those of the release, and narrower ones an organisation makes of them."""
