"""Letters to users (sähköposti, e-post): written into the transaction they tell of, sent afterwards."""
