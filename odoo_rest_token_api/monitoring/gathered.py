"""What is gathered in memory, by each process, and written by a thread of its own.

No request waits for it, or takes a statement for it. What can be lost, where a process
is killed, is what came since it was written: a minute of counts at the most.
"""

import atexit
import logging
import threading
import time
from collections import deque
from contextlib import suppress
from datetime import date, datetime
from typing import NamedTuple

import psycopg2

from odoo.sql_db import PoolError, db_connect
from odoo.tools import config

from .tables import prepare, write_counts, write_failed_calls

_logger = logging.getLogger(__name__)

COUNTS_PERIOD = 60  # seconds in which counts are written once
FAILED_CALLS_PERIOD = 1
MAX_CALLS = 5000  # that are told apart, of a database, between two writings
MAX_FAILED_CALLS = 60  # of a database, in a minute
MAX_TRIES = 60  # to write to a database that can't be reached
OTHERS = "others"  # operation of what is not told apart any more


class Call(NamedTuple):
    """What calls are counted by.

    :param date day: in UTC
    :param str service: root and path, such as ``/api/partners``
    :param str operation: its name in the document
    :param str status: class of the status of HTTP, such as ``2xx``
    :param int token_id: 0 for none
    :param int user_id: 0 for none
    """

    day: date
    service: str
    operation: str
    status: str
    token_id: int
    user_id: int


class FailedCall(NamedTuple):
    """What is kept of a call that failed: nothing that its client sent but the path.

    :param datetime at: in UTC, naive
    :param str path: without the query string
    :param int status: of HTTP
    :param str description: of the error, as it was answered
    """

    at: datetime
    request_id: str
    method: str
    path: str
    service: str
    operation: str
    status: int
    description: str
    token_id: int
    user_id: int


class OfDatabase:
    """What is gathered of one database."""

    def __init__(self):
        self.counts = {}  # [calls, seconds] by Call
        self.failed_calls = deque(maxlen=MAX_FAILED_CALLS)
        self.minute, self.kept = 0, 0  # how many failed calls were kept in which minute
        self.tries = 0


class Gathered:
    """Counts and failed calls of all databases that this process serves."""

    def __init__(self):
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._databases = {}
        self._alarm = None
        self._due = None

    def count(self, database, call, seconds):
        """Count a call. That of a stranger is written as others are: by itself, never.

        :param str database: name of it
        :param Call call: what it is counted by
        :param float seconds: that it took
        """
        with self._lock:
            counts = self._databases.setdefault(database, OfDatabase()).counts
            if call not in counts and len(counts) >= MAX_CALLS:
                call = Call(call.day, "", OTHERS, call.status, 0, 0)
            total = counts.setdefault(call, [0, 0.0])
            total[0] += 1
            total[1] += seconds
            if call.user_id:
                self._write_within(COUNTS_PERIOD)

    def keep(self, database, failed_call):
        """Keep a call that failed, unless there were too many in this minute.

        :param str database: name of it
        :param FailedCall failed_call: what is kept of it
        """
        with self._lock:
            gathered = self._databases.setdefault(database, OfDatabase())
            minute = int(time.monotonic() // 60)
            if minute != gathered.minute:
                gathered.minute, gathered.kept = minute, 0
            if gathered.kept < MAX_FAILED_CALLS:
                gathered.kept += 1
                gathered.failed_calls.append(failed_call)
                self._write_within(FAILED_CALLS_PERIOD)

    def _write_within(self, seconds):
        if config["test_enable"]:
            return  # a test's transaction is nobody else's, and says itself when
        due = time.monotonic() + seconds
        if self._due is not None and self._due <= due:
            return
        if self._alarm:
            self._alarm.cancel()
        self._due = due
        self._alarm = threading.Timer(seconds, self.save)
        self._alarm.daemon = True
        with suppress(RuntimeError):  # as the process ends, when all is written anyhow
            self._alarm.start()

    def take(self, database):
        """Take out what is gathered of a database.

        :param str database: name of it
        :return: ``[calls, seconds]`` by :class:`Call`, and :class:`FailedCall`
        :rtype: (dict, list)
        """
        with self._lock:
            gathered = self._databases.get(database)
            if not gathered:
                return {}, []
            counts, gathered.counts = gathered.counts, {}
            failed_calls = list(gathered.failed_calls)
            gathered.failed_calls.clear()
        return counts, failed_calls

    def save(self):
        """Write what is gathered, in transactions of their own."""
        with self._writing:
            with self._lock:
                self._due = self._alarm = None
                databases = list(self._databases)
            for database in databases:
                self._write(database)

    def _write(self, database):
        counts, failed_calls = self.take(database)
        if not counts and not failed_calls:
            return
        try:
            with db_connect(database).cursor() as cr:
                prepare(cr)
                write_counts(cr, counts)
                write_failed_calls(cr, failed_calls)
        except psycopg2.errors.UndefinedTable as error:  # the addon has gone from there
            self._give_up(database, error)
        except (psycopg2.Error, PoolError) as error:
            self._put_back(database, counts, failed_calls, error)
        else:
            self._databases[database].tries = 0

    def _put_back(self, database, counts, failed_calls, error):
        """Keep for later what can't be written now, unless the database has gone."""
        gathered = self._databases[database]
        gathered.tries += 1
        if gathered.tries >= MAX_TRIES:
            self._give_up(database, error)
            return
        _logger.debug("Usage is not written to %r yet: %s", database, error)
        with self._lock:
            for call, (calls, seconds) in counts.items():
                total = gathered.counts.setdefault(call, [0, 0.0])
                total[0] += calls
                total[1] += seconds
            gathered.failed_calls.extendleft(reversed(failed_calls))
            self._write_within(COUNTS_PERIOD)

    def _give_up(self, database, error):
        _logger.warning("Usage is not written to %r: %s", database, error)
        self.forget(database)

    def forget(self, database):
        """Forget what is gathered of a database.

        :param str database: name of it
        """
        with self._lock:
            self._databases.pop(database, None)


gathered = Gathered()


@atexit.register
def write_what_is_left():
    """Write what is gathered as the process ends: what a test counts is nobody's."""
    if not config["test_enable"]:
        gathered.save()
