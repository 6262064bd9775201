"""What a text says, without I/O: its statements, language, mentions and copies."""
