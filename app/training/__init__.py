"""Training (koulutus, utbildning): places with invented clients, and exercises that are checked from what was really done there."""
