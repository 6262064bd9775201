"""The history of the tables, append-only: a migration that was released is never edited.

To change a table: edit `storage/tables.py`, add `versions/vNNNN_what.py` with the next number,
which repeats what is needed in plain types, for it must still do the same when the tables have
moved on. A test compares the outcome with `storage/tables.py`.
"""
