"""Where the browser is and how it is started: without a way out of this machine."""

import os
import shutil
import sys

MISSING = "no Chromium here: not on PATH, and LINIYA_CHROMIUM names none (bin/test installs one)"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]


def find_chromium() -> str | None:
    named = os.environ.get("LINIYA_CHROMIUM")
    names = [named] if named else ["chromium", "chromium-browser", "google-chrome"]
    return next((path for path in map(shutil.which, names) if path), None)


if __name__ == "__main__":  # asked by bin/test
    sys.exit(find_chromium() is None)
