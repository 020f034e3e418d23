"""How good the records are (tietojen laatu, uppgifternas kvalitet): what must never be in them, and fields that nobody fills."""
