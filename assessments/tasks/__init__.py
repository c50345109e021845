"""Background work: each task parses what it was given and calls a workflow."""
