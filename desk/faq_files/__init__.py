"""Articles as files: taken along as Markdown, brought in from Markdown, HTML and CSV."""

from desk.faq_files.bringing import Outcome, bring_in
from desk.faq_files.leaving import files, zipped
from desk.faq_files.reading import Read, read_files, unzipped

__all__ = ["Outcome", "Read", "bring_in", "files", "read_files", "unzipped", "zipped"]
