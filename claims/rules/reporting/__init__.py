"""What a report says: templates, measures over plain records, and what changed since."""
