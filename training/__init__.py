"""Reproduces the shipped classifier; never imported at run time."""
