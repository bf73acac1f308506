"""Random foreign input for everything that reads bytes or text from outside; `python -m fuzz` runs it."""
