"""The indicators: what each is called, what it counts and of what, by which breakdowns, for whom, and by which section."""
