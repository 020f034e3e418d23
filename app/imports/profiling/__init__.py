"""What stands in the columns of a source (tietojen profilointi, profilering): types, fill, masked samples, what looks suspicious. Pure; no value leaves whole."""
