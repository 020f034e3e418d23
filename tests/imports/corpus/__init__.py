"""Bad and odd files, made by rule: the same bytes every time, each with what reading it must find."""
