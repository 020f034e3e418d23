"""The report of a quarter on paper: a tagged PDF of key figures with what they show, their charts, tables and definitions."""
