"""Snapshots: the facts of each municipality in each period, written whole or not at all, the same however often they are written."""
