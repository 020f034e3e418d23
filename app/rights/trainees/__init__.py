"""Access to the training environment (harjoitusympäristö, övningsmiljö): applied for by a short form, for a fixed time, after which the account ends by itself."""
