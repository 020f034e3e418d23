"""What leaves: figures as files, on the command line, over the API and by e-mail; every one is written from a `Table` that the gate gave."""
