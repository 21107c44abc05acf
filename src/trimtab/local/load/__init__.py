"""Traffic for the local cloud: demand played against whatever capacity stands there.

Utilisation is computed, never scripted: halve an endpoint's instances and its next samples are twice as
high, so that a change of the declaration can be verified by the metrics that follow it.
"""
