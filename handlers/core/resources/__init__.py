"""What share, find and library have in common: reading, keeping and showing entries."""
