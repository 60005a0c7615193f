# shellcheck shell=bash disable=SC2034
# Odoo 14.0, on the Debian that has it, with the Python 3.9 that it needs.
SUITE=bullseye
OF_OTHER_SUITES=()
ODOO_PACKAGES=(odoo-14)
PORT_OPTION=--longpolling-port
MAKE_BASE_REST=
CHART=l10n_generic_coa  # of accounts, where it is an addon
