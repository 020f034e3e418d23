"""How much each organisation uses the service, counted every night (fi käyttö, sv användning)."""
