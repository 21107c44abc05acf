"""AlertmanagerConfig: every alert to its owner, drift to the pipeline that retrains the model as well."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.components.cluster_monitoring.alerts import DRIFT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trimtab.components.cluster_monitoring.args import RetrainingTrigger
    from trimtab.spec.cluster.monitoring import ClusterMonitoring
    from trimtab.spec.cluster.monitoring_routing import Mail

ROUTING_VERSION = "monitoring.coreos.com/v1alpha1"
"""The version that AlertmanagerConfig is served in (v1beta1 is not in every installation of the CRDs)."""
OWNER = "owner"
RETRAIN_EVERY = "12h"
"""A model that still drifts is trained again after it, not sooner: the new version must first be asked something."""


def routing_spec(spec: ClusterMonitoring, contact: str, retraining: Mapping[str, RetrainingTrigger]) -> dict[str, Any]:
    """Return an AlertmanagerConfig's `spec`.

    Args:
        spec: the declaration.
        contact: the platform's owner; alerts of a model go to the owner of its objective, where that names one.
        retraining: model → where its pipeline is started.
    """
    owners = {objective.model: objective.owner.contact for objective in spec.objectives if objective.owner}
    watched = [model.model for model in spec.drift.models if model.retrain] if spec.drift else []
    started = {model: retraining[model] for model in watched if model in retraining}
    routing = spec.routing
    return {
        "route": {
            "receiver": OWNER,
            "groupBy": ["alertname", "model", "workload_namespace"],
            "groupWait": f"{routing.group_wait_seconds}s",
            "groupInterval": "5m",
            "repeatInterval": f"{routing.repeat_minutes}m",
            "routes": [*map(_retrain_route, started), *map(_owner_route, owners)],
        },
        "receivers": [
            {"name": OWNER, "emailConfigs": [_mail(routing.mail, contact)]},
            *({"name": _owner_of(model), "emailConfigs": [_mail(routing.mail, to)]} for model, to in owners.items()),
            *({"name": _retrain(model), "webhookConfigs": [_webhook(trigger)]} for model, trigger in started.items()),
        ],
        # Who is paged for a model need not read the ticket about it too.
        "inhibitRules": [
            {
                "sourceMatch": [_is("severity", "page")],
                "targetMatch": [
                    _is("severity", "ticket"),
                    {"name": "alertname", "matchType": "=~", "value": "Error.*"},
                ],
                "equal": ["model", "workload_namespace"],
            }
        ],
    }


def _retrain_route(model: str) -> dict[str, Any]:
    return {
        "receiver": _retrain(model),
        "matchers": [_is("alertname", DRIFT), _is("retrain", "true"), _is("model", model)],
        "repeatInterval": RETRAIN_EVERY,
        # The owner is told of it as well.
        "continue": True,
    }


def _owner_route(model: str) -> dict[str, Any]:
    return {"receiver": _owner_of(model), "matchers": [_is("model", model)]}


def _is(name: str, value: str) -> dict[str, str]:
    return {"name": name, "matchType": "=", "value": value}


def _retrain(model: str) -> str:
    return f"retrain-{model}"


def _owner_of(model: str) -> str:
    return f"owner-of-{model}"


def _mail(mail: Mail, to: str) -> dict[str, Any]:
    return {
        "to": to,
        "from": mail.sender,
        "smarthost": mail.smarthost,
        "authUsername": mail.username,
        "authPassword": {"name": mail.password.secret, "key": mail.password.key},
        "requireTLS": True,
        "sendResolved": True,
    }


def _webhook(trigger: RetrainingTrigger) -> dict[str, Any]:
    secret = {"name": trigger["token_secret"], "key": trigger["token_key"]}
    authority = trigger.get("authority")
    # Of an https server without an authority of its own, those of the system's must have signed the certificate.
    tls = {"tlsConfig": {"ca": {"secret": authority}}} if authority else {}
    return {
        "url": trigger["url"],
        "httpConfig": {"authorization": {"type": "Bearer", "credentials": secret}, **tls},
        # That a model no longer drifts starts nothing.
        "sendResolved": False,
    }
