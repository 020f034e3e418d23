"""The pages of a move (siirron työtila, arbetsytan för överföringen): steps with a state each, left and come back to at any time."""
