"""Databases behind the servers on a cluster."""

from __future__ import annotations

from trimtab.components.databases.cloud_native import APP_URI_KEY, app_secret, cloud_native_database
from trimtab.components.databases.engines import MYSQL, POSTGRES, Engine
from trimtab.components.databases.place import DataPlace, data_place
from trimtab.components.databases.rds import Database, rds_database

__all__ = [
    "APP_URI_KEY",
    "MYSQL",
    "POSTGRES",
    "DataPlace",
    "Database",
    "Engine",
    "app_secret",
    "cloud_native_database",
    "data_place",
    "rds_database",
]
