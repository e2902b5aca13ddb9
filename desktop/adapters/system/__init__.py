"""What the operating system gives: locks, priorities, one instance, free space."""
