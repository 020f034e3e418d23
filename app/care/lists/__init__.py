"""Code lists edited in the service: new values, labels, ends; nothing is deleted (fi koodistot, sv kodförteckningar)."""
