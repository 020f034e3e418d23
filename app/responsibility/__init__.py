"""Who is responsible for a client: the municipality or the employment authority (vastuutaho, ansvarig myndighet; 681/2023 §§ 3, 8)."""
