"""What is new in the system (fi mikä on uutta, sv vad är nytt): told to those whose role and functions it concerns."""
