"""The rules: verbs, decisions, arithmetic."""
