"""The clients behind a figure of one's own municipality, for those who serve them; no fact holds who they are."""
