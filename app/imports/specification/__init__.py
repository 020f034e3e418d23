"""The specification of what can be brought in (tuontimäärittely, importspecifikation), computed from the models and the views."""
