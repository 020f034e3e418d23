"""The style guide (tyyliopas, stilguide): the design system shown by using it; it reads no row of any client."""
