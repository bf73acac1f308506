"""A scene as one file that needs no server: the player with its scripts, and what a server would answer."""
