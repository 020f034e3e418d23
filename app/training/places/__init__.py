"""Training places: an invented municipality and county of a trainee's own, with invented clients whose stories stay of the day (fi harjoittelupaikka, sv övningsplats)."""
