"""The letters that the product writes by itself, and the texts that administrators give them."""

import desk.automation  # noqa: F401 - letters and actions know each other: actions come first
