"""Open data: what everybody may read, without signing in, in the way of the PxWeb databases of the statistical offices."""
