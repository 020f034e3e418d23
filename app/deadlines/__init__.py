"""Dated numbers of the law: maxima and time limits (määräajat, tidsfrister)."""
