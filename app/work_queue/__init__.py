"""The work queue: what is due for whose clients, given on from worker to worker, told by e-mail and calendar."""
