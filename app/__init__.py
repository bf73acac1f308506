"""The server: pictures in, scenes read, steps streamed. Knows HTTP; leaves the arithmetic to the core."""
