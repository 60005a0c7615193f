# shellcheck shell=bash disable=SC2034
# Odoo 19.0, which is in Debian's unstable suite alone. That package comes from there, and all
# that it needs from a stable Debian.
SUITE=trixie
ODOO_SUITE=unstable
ODOO_PACKAGES=(odoo-19 python3-setuptools)  # pip needs the latter
PORT_OPTION=--gevent-port
MAKE_BASE_REST=yes  # of that of 18.0
CHART=  # of accounts, where it is an addon
