"""Who may do what with whose rows: the actor, the scope and the wall below the views."""
