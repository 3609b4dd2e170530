"""HTTP only: parse, authorise and load, one verb, answer."""
