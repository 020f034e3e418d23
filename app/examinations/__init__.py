"""Examination of the log as case work (lokivalvonta, logggranskning; 681/2023 § 79.3): rules find, people ask, explain and decide."""
