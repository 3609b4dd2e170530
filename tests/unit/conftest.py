"""Generated cases may take their time: a busy machine is no failure."""

from hypothesis import settings

settings.register_profile("patient", deadline=None, print_blob=True)
settings.load_profile("patient")
