"""The declarations of the exercises, a module for each path; their texts stand in `../data`."""
