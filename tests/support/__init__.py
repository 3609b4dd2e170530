"""What tests stand on: databases, browser, mail sink, served application."""
