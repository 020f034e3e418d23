"""Making FAB good: base views, forms, layout, headers, errors. Features declare; this does."""
