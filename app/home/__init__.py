"""The worker's own page (oma työ, eget arbete)."""
