"""Code lists and reference data in Finnish, Swedish and English, from data files of the project."""
