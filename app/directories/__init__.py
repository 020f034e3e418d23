"""LDAP directories of the organisations (hakemisto, katalog): who may sign in by which, their groups, and how each one is doing."""
