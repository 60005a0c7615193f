"""Usage in the format of Prometheus, by its own library where that is installed."""

try:
    from prometheus_client import CollectorRegistry
    from prometheus_client.core import SummaryMetricFamily
    from prometheus_client.exposition import choose_encoder
except ImportError:
    choose_encoder = None

NAME = "odoo_rest_call_duration_seconds"
LABELS = ("service", "operation", "status")
TYPES = ("text/plain", "application/openmetrics-text")


def is_available():
    """Tell whether ``prometheus_client`` is installed.

    :rtype: bool
    """
    return choose_encoder is not None


class UsageCollector:
    """What Prometheus gets of usage: how many calls there were, and their time in all.

    :param totals: service, operation, class of the status, calls and seconds of each
    """

    def __init__(self, totals):
        self._totals = totals

    def collect(self):
        """Make the metrics, as the library asks for them.

        :rtype: iterator of prometheus_client.core.Metric
        """
        documentation = "Calls of REST operations, and the time that they took."
        family = SummaryMetricFamily(NAME, documentation, labels=LABELS)
        for *labels, calls, seconds in self._totals:
            family.add_metric(labels, count_value=calls, sum_value=seconds)
        yield family


def expose(totals, accept):
    """Write usage in the format that a client would rather have.

    :param totals: service, operation, class of the status, calls and seconds of each
    :param str accept: header ``Accept``
    :return: the text, and its type
    :rtype: (bytes, str)
    """
    registry = CollectorRegistry()
    registry.register(UsageCollector(totals))
    generate, content_type = choose_encoder(accept)
    return generate(registry), content_type
