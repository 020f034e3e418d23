"""Invented clients and the standing cast of accounts, for the demo and the training environment."""
