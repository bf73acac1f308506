"""What goes over the wire: steps as lines, arrays as files, the opening of a player."""
