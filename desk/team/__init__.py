"""People, their groups, skills and hours, as administrators keep them."""
