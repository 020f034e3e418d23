"""Moving in (tietojen siirto, överföring av uppgifter): a municipality brings what its old system holds. Basis: 681/2023 §§ 73–76.

`reading` reads files and databases safely, `profiling` tells what stands in their columns, `specification` what may be brought, `mapping` how; `returning` gives the file
back with what was found marked in it.
"""
