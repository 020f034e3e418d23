"""Organisations: municipalities, wellbeing services counties, state authorities (fi organisaatiot, sv organisationer)."""
