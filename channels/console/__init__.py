"""The development twin: what would leave is printed."""
