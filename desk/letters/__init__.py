"""The letters that the product writes by itself, and the texts that administrators give them."""
