"""Experiments and the model registry, served by MLflow on the cluster."""

from __future__ import annotations

from trimtab.components.mlflow.args import MLflowArgs
from trimtab.components.mlflow.component import MLflow
from trimtab.components.mlflow.settings import ServerSettings, server_settings

__all__ = ["MLflow", "MLflowArgs", "ServerSettings", "server_settings"]
