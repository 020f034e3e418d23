"""Pure helpers: no Flask, no SQLAlchemy, no clock."""
