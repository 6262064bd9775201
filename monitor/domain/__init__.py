"""What the program knows of its subject: standard library only, no I/O, no clock."""
