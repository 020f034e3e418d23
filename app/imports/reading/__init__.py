"""Reading sources safely: a file is opened by a child process with limits, and comes back as a stream of sheets, rows and findings.

Everything that opens a file is imported by the child only; the parent uses `reader.read`. The modules of the child import no Flask.
"""
