"""The feature repository as text: valid Python whatever was declared, and no secret in it."""

from __future__ import annotations

import ast
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.components.cluster.test_feast import FEATURES
from trimtab.components.feast.repository import ONLINE, REGISTRY, feature_repository, variables
from trimtab.components.generated_secret import password
from trimtab.spec.cluster.feast import Feast

AWKWARD = 'Trips "done" by a driver\\n\n""" + __import__("os").system("true") #'


def rendered(**fields: Any) -> tuple[dict[str, Any], ast.Module]:
    files = feature_repository(Feast.model_validate({**FEATURES, **fields}))
    return YAML(typ="safe").load(files["feature_store.yaml"]), ast.parse(files["definitions.py"])


@pytest.mark.parametrize("store", ["files", "athena"])
def test_text_of_a_declaration_stays_text(store: str) -> None:
    view = {**FEATURES["views"][0], "description": AWKWARD}
    _, module = rendered(views=[view], offlineStore={"type": store})
    called = {
        node.func.id for node in ast.walk(module) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    source = "AthenaSource" if store == "athena" else "FileSource"
    assert called == {"Entity", "FeatureView", "FeatureService", "Field", "timedelta", source}
    texts = [node.value for node in ast.walk(module) if isinstance(node, ast.Constant)]
    assert AWKWARD in texts


def test_secrets_are_variables() -> None:
    config, _ = rendered(registry={"type": "sql"})
    assert config["registry"]["path"] == f"${{{REGISTRY}}}"
    assert config["online_store"]["connection_string"] == f"${{{ONLINE}}}"
    _, secret = variables(Feast.model_validate({**FEATURES, "registry": {"type": "sql"}}))
    assert set(secret) == {ONLINE, REGISTRY}


def test_a_password_is_no_number_and_needs_no_quotes() -> None:
    made = [password(16) for _ in range(200)]
    assert len(set(made)) == len(made)
    assert {len(each) for each in made} == {32}
    assert all(each.isalnum() and each.startswith("p") for each in made)
