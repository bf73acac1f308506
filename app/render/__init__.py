"""Figures as files: one description of a figure made from a trace, and painters that draw what it lists."""
