"""Programs that print figures; docs/performance.md holds the last ones."""
