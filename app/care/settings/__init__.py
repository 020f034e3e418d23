"""What holds in an organisation and where it comes from (fi asetukset, sv inställningar)."""
