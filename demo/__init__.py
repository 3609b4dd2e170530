"""The demo company «Курьер+»: its content in YAML and Markdown, and how it comes to life."""
