"""What the law asks to be done for a client and by when, stored so that work can be found by it (määräajat, tidsfrister)."""
