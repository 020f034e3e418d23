"""The file that goes back to the municipality (palautettava työkirja, arbetsbok som returneras): its own rows, the faulty cells marked and explained.

Knows neither database nor request; the language is the one it is asked for. The file can be corrected and sent again.
"""
