"""Figures as pictures and as the sentence that says what a picture shows, made on the server from what the gate gave."""
