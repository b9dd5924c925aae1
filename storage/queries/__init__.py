"""The questions put to the database, one function each."""
