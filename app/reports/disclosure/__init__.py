"""Disclosure control (tietosuojattu julkaiseminen, röjandekontroll): which cells of a closed period an audience may not see, so that none of
them follows from what it does see."""
