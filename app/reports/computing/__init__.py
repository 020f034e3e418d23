"""What each indicator counts: a function an indicator, from the records of one municipality to observations."""
