"""The command line: one file a command, `python -m commands NAME`, also called bin/liniya."""
