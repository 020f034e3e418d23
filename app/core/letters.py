"""A text of the code lists as the beginning of a sentence, a heading or a row."""


def with_large_letter(text: str) -> str:
    """Make the first letter large and leave the others: `str.capitalize` writes names and abbreviations small."""
    return text[:1].upper() + text[1:]
