"""The ground that knows nothing of help desks."""
