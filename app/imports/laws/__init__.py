"""What the law and the rules of each feature say of a row that a municipality brings from its old system."""
