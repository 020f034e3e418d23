"""Subscriptions (tilaukset, prenumerationer): a message with a link, and no figure, when a period of a report is closed."""
