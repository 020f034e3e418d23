"""Series of other registers brought in (tuodut aikasarjat, hämtade tidsserier): figures that are published already, each with its source. Basis: 681/2023 § 72.1."""
