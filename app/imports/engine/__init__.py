"""The engine of a move: keep the file, read it, lay its rows down, rehearse, commit, take back."""
