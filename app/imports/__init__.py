"""Moving in: bringing client data from the systems that were used before (tietojen siirto, flytt av uppgifter; one batch is an erä, a batch is a parti).

`reading` reads files and databases safely, `profiling` tells what stands in their columns.
"""
