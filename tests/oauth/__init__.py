"""Applications of others' connect by OAuth, and attackers try to.

A server of its own has the addon, and two workers. At the end of the run it prints
which of the attacks of RFC 9700 were tried, and what held.
"""
