"""Snapshots: the facts of each municipality in each period, written whole or not at all, the same however often they are written.

What is kept of an open period is what a full calculation of the same night gives (docs/adr/0039).
"""
