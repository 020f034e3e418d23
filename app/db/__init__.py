"""Base of all models: metadata, session, column types, row scope on PostgreSQL."""
