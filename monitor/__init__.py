"""Watches what Moscow and its media say about Russia's treaty allies, and what the allies say back."""

__version__ = "0.1.0"
