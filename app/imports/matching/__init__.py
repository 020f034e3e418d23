"""Who in a source is whom: the same person twice in the file, in the own register, in another municipality (henkilöiden yhdistäminen, personmatchning)."""
