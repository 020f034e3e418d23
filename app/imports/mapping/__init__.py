"""How the columns of an old system become fields here (kenttien vastaavuus, fältmotsvarighet): suggestions, the mapping, and what it does to a row."""
