"""The workspace of a move (siirron työtila, arbetsyta för överföringen): its steps as pages, left and returned to at any time."""
