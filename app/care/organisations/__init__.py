"""Changes of organisations from a day on: new ones, names, ends and mergers (fi organisaatiomuutokset, sv organisationsändringar)."""
