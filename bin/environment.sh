# Read by the other scripts: finds a Python, makes .venv, installs a requirements file when it changed.
# shellcheck shell=sh

root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
venv=${LINIYA_VENV:-$root/.venv}
log=$venv/install.log

# With it set, every start would compile every module again.
unset PYTHONDONTWRITEBYTECODE

say() { # say ENGLISH RUSSIAN
    case ${LC_ALL:-${LC_MESSAGES:-${LANG:-}}} in
        ru*) printf '%s\n' "$2" >&2 ;;
        *) printf '%s\n' "$1" >&2 ;;
    esac
}

is_new_enough() { # a version manager's stand-in may exist and not run, so it is run
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
    for candidate in ${LINIYA_PYTHON:-python3.13 python3.12 python3.11 python3.14 python3 python}; do
        if command -v "$candidate" >/dev/null 2>&1 && is_new_enough "$candidate"; then
            python=$candidate
            return
        fi
    done
    found=none
    for candidate in ${LINIYA_PYTHON:-python3 python}; do
        version=$("$candidate" -c 'import sys; print(".".join(map(str, sys.version_info[:3])))' 2>/dev/null) &&
            found="$candidate $version" && break
    done
    say "Liniya needs Python 3.11 or newer; found here: $found.
Install Python 3.11, 3.12 or 3.13 (on Debian and Ubuntu: apt install python3 python3-venv), or name one: LINIYA_PYTHON=/path/to/python3.12 $0" \
        "Для «Линии» нужен Python 3.11 или новее; здесь найден: $found.
Установите Python 3.11, 3.12 или 3.13 (в Debian и Ubuntu: apt install python3 python3-venv) или укажите его: LINIYA_PYTHON=/путь/к/python3.12 $0"
    exit 2
}

make_venv() {
    find_python
    if command -v uv >/dev/null 2>&1 &&
        uv venv -q --clear --no-python-downloads --python "$(command -v "$python")" "$venv" 2>/dev/null; then
        return
    fi
    if ! made=$("$python" -m venv --clear "$venv" 2>&1); then
        say "The folder $venv can't be made: $made
If the venv module is missing (Debian, Ubuntu): apt install python3-venv. If the folder can't be written to: LINIYA_VENV=/another/folder $0" \
            "Не получилось создать папку $venv: $made
Если нет модуля venv (Debian, Ubuntu): apt install python3-venv. Если в папку нельзя писать: LINIYA_VENV=/другая/папка $0"
        exit 2
    fi
}

find_uv() { # on PATH, else from the package index into the environment; pip does it without
    if command -v uv >/dev/null 2>&1; then
        uv=uv
    elif [ -x "$venv/bin/uv" ] ||
        "$venv/bin/python" -m pip install -q --retries 1 --no-compile uv >>"$log" 2>&1; then
        uv=$venv/bin/uv
    else
        uv=
    fi
}

install_packages() { # install_packages FILE; a folder `wheels` in the tree is used instead of the network
    if [ -d "$root/wheels" ]; then
        "$venv/bin/python" -m pip install -q --no-index --find-links "$root/wheels" -r "$1" >>"$log" 2>&1
        return
    fi
    find_uv
    if [ -n "$uv" ] && "$uv" pip install -q --no-python-downloads --python "$venv/bin/python" \
        --compile-bytecode -r "$1" >>"$log" 2>&1; then
        return
    fi
    "$venv/bin/python" -m pip --version >/dev/null 2>&1 || "$venv/bin/python" -m ensurepip >>"$log" 2>&1
    "$venv/bin/python" -m pip install -q --retries 1 -r "$1" >>"$log" 2>&1
}

explain_failed_install() {
    tail -n 3 "$log" >&2
    say "The packages of $1 could not be installed (all of it: $log).
No network here? On a machine with network and the same Python run
  python3 -m pip download -r requirements.txt -d wheels
and copy the folder wheels into $root. Behind a proxy: set HTTPS_PROXY. Then start again." \
        "Не получилось установить пакеты из $1 (подробно: $log).
Нет сети? На машине с сетью и таким же Python выполните
  python3 -m pip download -r requirements.txt -d wheels
и скопируйте папку wheels в $root. За прокси задайте HTTPS_PROXY. Потом запустите снова."
    exit 2
}

environment() { # environment FILE: after it $venv/bin/python has the packages of FILE
    stamp=$venv/installed-$1
    wanted=$(cd "$root" && cat requirements.txt "$1" | cksum)
    if [ -f "$stamp" ] && [ -x "$venv/bin/python" ] && [ "$(cat "$stamp")" = "$wanted" ]; then
        return
    fi
    if ! is_new_enough "$venv/bin/python"; then make_venv; fi
    say "Installing the packages of $1; it takes a minute, once." \
        "Устанавливаю пакеты из $1; это займёт минуту и нужно один раз."
    : >"$log"
    install_packages "$root/$1" || explain_failed_install "$1"
    printf '%s\n' "$wanted" >"$stamp"
}

read_settings() { # settings kept in .env; what the environment sets wins
    [ -f "$root/.env" ] || return 0
    while IFS='=' read -r name value || [ -n "$name" ]; do
        case $name in
            LINIYA_) continue ;;
            LINIYA_*[!A-Z_]*) continue ;;
            LINIYA_*) eval "[ -n \"\${$name+set}\" ]" || export "$name=$value" ;;
        esac
    done <"$root/.env"
}
