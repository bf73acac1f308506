"""The player's modules and style sheets, made ready for the browser when the server starts."""
