"""Versions of records (versiohistoria, versionshistorik): what each record held after every change, who made it and when.

Basis: 681/2023 § 73.2 and the controller's duty to show how the data came to be (GDPR articles 5.1 d and 5.2).
"""
