"""Long work and the duties of the clock (taustatyö, bakgrundsjobb), done by a worker beside the service; the rows are the truth."""
