"""Plain data in SQLite. Knows no flow and no conversation: open_database() gives a Store, load_secret() the key."""
