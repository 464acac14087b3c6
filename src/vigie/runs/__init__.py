"""Running the coder over many reports."""
