"""Calls of other programs."""
