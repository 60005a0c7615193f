# shellcheck shell=bash disable=SC2034
# Paths and defaults that the scripts of this folder share.

REPO=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
HERE=$REPO/tests/server
STATE=$REPO/.odoo
VENV=$STATE/venv
NODE=$STATE/node
LINTERS=$STATE/linters

export PRE_COMMIT_HOME=$LINTERS
export DEBIAN_MIRROR=${DEBIAN_MIRROR:-http://deb.debian.org/debian}
export SERIES=${SERIES:-14.0}
export REST_DB=${REST_DB:-REST_TEST}
export REST_PORT=${REST_PORT:-8016}
export REST_ADDONS=${REST_ADDONS:-odoo_rest_token,odoo_rest_token_api}

TEMPLATE=rest_template
APPS_DB=rest_apps
BUSINESS_DB=REST_BUSINESS
BUSINESS_PORT=${REST_BUSINESS_PORT:-$((REST_PORT + 2))}

die() {
    printf 'Error: %s\n' "$*" >&2
    exit 1
}

check_name() {
    [[ $1 =~ ^[A-Za-z0-9_]+$ ]] || die "a name is letters, digits and underscores, not '$1'."
}

check_port() {
    [[ $1 =~ ^[0-9]+$ ]] || die "a port is a number, not '$1'."
}

need_root() {
    [ "$(id -u)" = 0 ] ||
        die "this needs root, for a chroot and mounts of its own. Try: sudo make …"
}

show_log() {  # FILE: the end of it, as the reason of a failure
    printf 'The end of %s:\n' "${1#"$REPO"/}" >&2
    tail -n 30 "$1" | sed 's/^/    /' >&2
}

# What is of one series is apart from what is of the others.
OF_SERIES=$HERE/series/$SERIES
OWN=$STATE
[ "$SERIES" = 14.0 ] || OWN=$STATE/$SERIES
ROOT=$OWN/root
LOG=$OWN/log

[ -e "$OF_SERIES/debian.sh" ] ||
    die "this sets up $(cd "$HERE/series" && echo *), and not SERIES=$SERIES."
# shellcheck source=/dev/null
. "$OF_SERIES/debian.sh"

check_name "$REST_DB"
check_port "$REST_PORT"
