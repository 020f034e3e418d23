"""What a part of a picture is drawn in: the colours of paper, each the name of a class by which a page's style sheet gives it the colour of its theme."""

from __future__ import annotations

TEXT, MUTED, LINE, MAIN, OTHER, PAPER = "#000000", "#333333", "#bbbbbb", "#0d5c56", "#6b7b77", "#ffffff"

CLASSES = {TEXT: "text", MUTED: "muted", LINE: "line", MAIN: "main", OTHER: "other", PAPER: "paper"}
