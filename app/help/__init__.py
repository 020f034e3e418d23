"""The guide (fi ohje, sv handledning): a chapter for each function in both languages, opened from each page where it belongs."""
