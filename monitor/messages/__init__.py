"""What people read: pure rendering of alerts, explanations and digests, in English and Russian."""
