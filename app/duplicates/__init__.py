"""The same person twice: found before a client is made, settled between controllers, merged inside one and parted again.

Finnish: kaksoiskappale, yhdistäminen; Swedish: dubblett, sammanslagning.
"""
