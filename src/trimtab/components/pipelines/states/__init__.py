"""The state machine in three chapters: train, await approval, deploy. Amazon States Language, JSONPath."""

from __future__ import annotations

from trimtab.components.pipelines.states.machine import MachinePlan, state_machine_definition

__all__ = ["MachinePlan", "state_machine_definition"]
