"""A database and an Odoo of the benchmark's own, inside what ``make demo`` set up."""

import re
import subprocess
from collections import Counter
from contextlib import contextmanager

from processes import find_processes, get_cpu_seconds, get_memory
from servers import LOGS, ODOO, SERIES, free_port

NAME = "benchmark"
HAS_KEYS = SERIES == "14.0"  # OCA's API key for base_rest is published for that
OWN_ADDON = f"rest_token_benchmark{'_keyed' if HAS_KEYS else ''}"
ADDONS = f"mail,{OWN_ADDON}"  # which hardly a database is without
DATABASE = "rest_benchmark"
ADDONS_PATH = ",".join(
    (
        "/usr/lib/python3/dist-packages/odoo/addons",
        "/mnt/repo",
        "/mnt/repo/.odoo/benchmark/odoo/addons",  # OCA's API key
        "/mnt/repo/tests/benchmark/addons",
    )
)
DATA_DIR = "/tmp/rest_benchmark"  # nosec B108 # inside the chroot; of web sessions
ACCESS = re.compile(r'werkzeug: \S+ - - \[[^]]*\] "[^"]*" \d+ \S+ (?P<statements>\d+) ')


def run_odoo(*arguments, **options):
    """Run ``tests/server/odoo``.

    :return: what it says
    :rtype: str
    :raise RuntimeError: it failed; says how
    """
    command = [ODOO, *arguments]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, **options
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-3000:] or done.stdout[-3000:])
    return done.stdout


def is_up():
    """Tell whether PostgreSQL runs already."""
    done = subprocess.run([ODOO, "status"], stdout=subprocess.DEVNULL, check=False)
    return done.returncode == 0


class Database:
    """The database of the benchmark, while it is there."""

    @contextmanager
    def exist(self):
        """Make the database, with all addons, and drop it in the end."""
        try:
            run_odoo("fresh", DATABASE)
            install = ("-i", ADDONS, "--stop-after-init", "--no-http")
            run_odoo("run", "odoo", *self._options(), *install)
            yield self
        finally:
            run_odoo("run", "dropdb", "--if-exists", "--force", DATABASE)
            filestore = f"/var/lib/odoo/filestore/{DATABASE}"
            run_odoo("run", "rm", "-rf", filestore, DATA_DIR)

    def execute(self, sql):
        """Run SQL statements, in one transaction.

        :return: the values of the last, with tabs between them
        :rtype: str
        """
        options = ("-v", "ON_ERROR_STOP=1", "-qAtX1", "-F", "\t", "-d", DATABASE)
        return run_odoo("run", "psql", *options, input=sql)

    def vacuum(self):
        """Have PostgreSQL do now what it would do while others are measured."""
        run_odoo("run", "psql", "-qX", "-d", DATABASE, "-c", "VACUUM ANALYZE")
        run_odoo("run", "-u", "postgres", "psql", "-qX", "-c", "CHECKPOINT")

    def run_code(self, code):
        """Run Python code in Odoo's shell.

        :return: what it printed
        :rtype: str
        """
        options = ("--no-http", "--log-level", "error")
        return run_odoo("run", "odoo", "shell", *self._options(), *options, input=code)

    def get_series(self):
        """Return the series of Odoo, such as ``14.0``.

        :rtype: str
        """
        sql = "SELECT latest_version FROM ir_module_module WHERE name = 'base';"
        return ".".join(self.execute(sql).split(".")[:2])

    def has_json2(self):
        """Tell whether Odoo serves JSON-2, as it does from 19.0.

        :rtype: bool
        """
        sql = "SELECT count(*) FROM ir_module_module WHERE name = 'rpc';"
        return self.execute(sql).strip() == "1"

    def get_name_column(self):
        """Return the column of partners' names beside that of the name itself.

        :rtype: str
        """
        return self.execute("""
            SELECT column_name FROM information_schema.columns
            WHERE table_name = 'res_partner'
                AND column_name IN ('display_name', 'complete_name');
        """).strip()

    def get_version(self):
        """Return what serves the database, such as ``PostgreSQL 13.22``.

        :rtype: str
        """
        return f"PostgreSQL {self.execute('SHOW server_version;').split()[0]}"

    @contextmanager
    def serve(self, workers):
        """Serve the database, on a port that is free, and end it.

        :param int workers: processes that answer requests
        :rtype: Server
        """
        # Without a filter, Odoo asks PostgreSQL for no list of databases.
        options = (*self._options(), "--db-filter=", "--data-dir", DATA_DIR)
        options += ("--workers", str(workers), "--limit-request", "1000000000")
        link = f"mkdir -p {DATA_DIR} && ln -sfn /var/lib/odoo/filestore {DATA_DIR}"
        run_odoo("run", "sh", "-c", link)
        port = free_port()
        run_odoo("start", NAME, str(port), *options)
        try:
            yield Server(port)
        finally:
            run_odoo("stop", NAME)

    def _options(self):
        return "-d", DATABASE, "--addons-path", ADDONS_PATH


class Server:
    """An Odoo that runs.

    :param int port: that it listens on
    """

    def __init__(self, port):
        self.url = f"http://127.0.0.1:{port}"
        self.processes = find_processes(port)
        self.log = LOGS / f"{NAME}.log"

    def get_cpu_seconds(self):
        """Processor time that it has used."""
        return get_cpu_seconds(self.processes)

    def get_memory(self):
        """Memory that it holds, in KiB."""
        return get_memory(self.processes)

    @contextmanager
    def statements(self):
        """Count the SQL statements of requests, as Odoo logs them.

        :rtype: Counter, of how many requests took how many; filled in the end
        """
        counted = Counter()
        start = self.log.stat().st_size
        yield counted
        with self.log.open(errors="replace") as log:
            log.seek(start)
            counted.update(int(m["statements"]) for m in map(ACCESS.search, log) if m)
