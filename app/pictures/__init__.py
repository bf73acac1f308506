"""Pictures: told by their header, decoded, turned upright, shrunk, kept."""
