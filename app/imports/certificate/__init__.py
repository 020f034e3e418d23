"""The certificate of a move: what came in and what did not, checked against what stands here, signed by the municipality."""
