"""The training environment: places of their own for trainees (fi harjoittelu, sv övning)."""
