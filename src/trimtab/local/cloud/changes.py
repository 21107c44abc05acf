"""Changes of resources that moto can make but not change: Athena, Budgets, Backup, metrics, log filters."""

from __future__ import annotations

import json
from typing import Any

from moto.athena.responses import AthenaResponse
from moto.autoscaling.responses import AutoScalingResponse
from moto.backup.responses import BackupResponse
from moto.budgets.responses import BudgetsResponse
from moto.core.responses import EmptyResult
from moto.logs.metric_filters import MetricFilters

from trimtab.local.cloud.extending import extend

_ADD_FILTER = MetricFilters.add_filter


def _update_work_group(self: Any) -> str:
    group = self.athena_backend.work_groups[self._get_param("WorkGroup")]
    group.description = self._get_param("Description", group.description)
    group.state = self._get_param("State", group.state)
    updates = dict(self._get_param("ConfigurationUpdates", {}))
    results = updates.pop("ResultConfigurationUpdates", {})
    group.configuration.update(updates)
    if results:
        held = group.configuration.get("ResultConfiguration", {})
        group.configuration["ResultConfiguration"] = {**held, **results}
    return json.dumps({})


def _delete_named_query(self: Any) -> str:
    self.athena_backend.named_queries.pop(self._get_param("NamedQueryId"), None)
    return json.dumps({})


def _get_named_query(self: Any) -> Any:
    query = self.athena_backend.get_named_query(self._get_param("NamedQueryId"))
    return _NAMED_QUERY(self) if query else self.error("NamedQuery does not exist", 400)


_NAMED_QUERY = AthenaResponse.get_named_query


def _update_budget(self: Any) -> str:
    asked = self._get_param("NewBudget")
    account = self._get_param("AccountId")
    self.backend.describe_budget(account, asked["BudgetName"])  # says that there is none, in the API's words
    self.backend.budgets[account][asked["BudgetName"]].budget.update(asked)
    return json.dumps({})


def _update_backup_plan(self: Any) -> str:
    backend = self.backup_backend
    old = backend.get_backup_plan(self.path.rstrip("/").rsplit("/", 1)[-1], None)
    asked = json.loads(self.body)["BackupPlan"]
    # Its rules get their defaults where a plan is made.
    fresh = type(old)(backup_plan=asked, creator_request_id=old.creator_request_id, backend=backend)
    old.backup_plan, old.version_id = fresh.backup_plan, fresh.version_id
    return json.dumps(old.to_dict())


def _disable_metrics_collection(self: Any) -> Any:
    groups = self.autoscaling_backend.describe_auto_scaling_groups([self._get_param("AutoScalingGroupName")])
    named = set(self._get_param("Metrics") or [])
    groups[0].metrics = [metric for metric in groups[0].metrics if named and metric not in named]
    return EmptyResult()


def _put_filter(self: Any, filter_name: str, pattern: str, group: str, transformations: str) -> None:
    """A filter of the same name is replaced; moto keeps both."""
    self.metric_filters = [
        each for each in self.metric_filters if (each["filterName"], each["logGroupName"]) != (filter_name, group)
    ]
    _ADD_FILTER(self, filter_name, pattern, group, transformations)


def install_changes() -> None:
    """Serve these changes."""
    extend(
        AthenaResponse,
        {
            "update_work_group": _update_work_group,
            "delete_named_query": _delete_named_query,
            "get_named_query": _get_named_query,
        },
    )
    extend(BudgetsResponse, {"update_budget": _update_budget})
    extend(BackupResponse, {"update_backup_plan": _update_backup_plan})
    extend(AutoScalingResponse, {"disable_metrics_collection": _disable_metrics_collection})
    extend(MetricFilters, {"add_filter": _put_filter})
