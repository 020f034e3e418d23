"""The log as people read it: who has handled a client's data (loki, logg; 906/2019 § 17, 681/2023 § 79)."""
