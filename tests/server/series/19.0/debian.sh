# shellcheck shell=bash disable=SC2034
# Odoo 19.0, which is in Debian's unstable suite alone. That package comes from there, what makes
# PDF from the last Debian that has it, and all else that it needs from a stable Debian.
SUITE=trixie
OF_OTHER_SUITES=("unstable odoo-19" "bookworm wkhtmltopdf libqt5* libicu72")
ODOO_PACKAGES=(odoo-19 wkhtmltopdf python3-setuptools)  # pip needs the latter
PORT_OPTION=--gevent-port
MAKE_BASE_REST=yes  # of that of 18.0
CHART=  # of accounts, where it is an addon
