"""Amazon MWAA's environments, which moto lacks.

https://docs.aws.amazon.com/mwaa/latest/API/API_Operations.html. Only what is declared is held: no Airflow runs here.
"""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable, Iterable
from typing import Any, Final
from urllib.parse import parse_qs, unquote

from moto.core.models import DEFAULT_ACCOUNT_ID

StartResponse = Callable[..., Any]
Environ = dict[str, Any]
Answer = dict[str, Any]

_SERVICE: Final = "airflow"
_UNSET: Final[Answer] = {
    "AirflowVersion": "3.0.6",
    "EnvironmentClass": "mw1.small",
    "EndpointManagement": "SERVICE",
    "MaxWorkers": 10,
    "MinWorkers": 1,
    "MaxWebservers": 2,
    "MinWebservers": 2,
    "Schedulers": 2,
    "WebserverAccessMode": "PRIVATE_ONLY",
    "WeeklyMaintenanceWindowStart": "SUN:03:30",
}
"""What an environment has where nothing was said."""


class RefusedError(Exception):
    """The API's answer to a wrong request."""

    def __init__(self, status: str, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


class Mwaa:
    """A WSGI application that answers MWAA's requests, and hands on all others."""

    def __init__(self, application: Any) -> None:
        self._application = application
        self._environments: dict[tuple[str, str], Answer] = {}

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        scope = environ.get("HTTP_AUTHORIZATION", "").partition("Credential=")[2].split("/")
        if len(scope) < 5 or scope[3] != _SERVICE:  # noqa: PLR2004  # key, date, region, service, "aws4_request"
            answer: Iterable[bytes] = self._application(environ, start_response)
            return answer
        length = int(environ.get("CONTENT_LENGTH") or 0)
        asked = json.loads(environ["wsgi.input"].read(length) or b"{}")
        headers = []
        try:
            status, body = "200 OK", self._answer(environ, scope[2], asked)
        except RefusedError as error:
            status, body = error.status, {"message": str(error)}
            headers.append(("x-amzn-ErrorType", error.code))
        text = json.dumps(body).encode()
        start_response(status, [*headers, ("Content-Type", "application/json"), ("Content-Length", str(len(text)))])
        return [text]

    def _answer(self, environ: Environ, region: str, asked: Answer) -> Answer:
        method, (_, kind, *rest) = environ["REQUEST_METHOD"], unquote(environ["PATH_INFO"]).split("/")
        name = "/".join(rest)
        if kind == "tags":
            return self._tags(method, name, asked, parse_qs(environ.get("QUERY_STRING", "")).get("tagKeys", []))
        if kind != "environments":
            raise RefusedError("400 Bad Request", "ValidationException", f"this cloud does not serve /{kind}")
        if not name:
            return {"Environments": [held for place, held in self._environments if place == region]}
        if method == "PUT":
            return self._create(region, name, asked)
        found = self._find(region, name)
        if method == "PATCH":
            found |= {**asked, "LastUpdate": _success()}
            return {"Arn": found["Arn"]}
        if method == "DELETE":
            del self._environments[region, name]
            return {}
        return {"Environment": found}

    def _create(self, region: str, name: str, asked: Answer) -> Answer:
        if (region, name) in self._environments:
            raise RefusedError("400 Bad Request", "ValidationException", f"Environment {name} already exists")
        place, identity = f"{region}:{DEFAULT_ACCOUNT_ID}", uuid.uuid4()
        endpoint = f"com.amazonaws.vpce.{region}.vpce-svc-{identity.hex[:17]}"
        self._environments[region, name] = {
            **_UNSET,
            **asked,
            "Name": name,
            "Arn": f"arn:aws:airflow:{place}:environment/{name}",
            "Status": "AVAILABLE",
            "CreatedAt": time.time(),
            "LastUpdate": _success(),
            "Tags": asked.get("Tags") or {},
            "ServiceRoleArn": (
                f"arn:aws:iam::{DEFAULT_ACCOUNT_ID}:role/aws-service-role/airflow.amazonaws.com/AWSServiceRoleForAmazonMWAA"
            ),
            "WebserverUrl": f"{identity}.c0.{region}.airflow.amazonaws.com",
            "WebserverVpcEndpointService": endpoint,
            "DatabaseVpcEndpointService": endpoint,
        }
        return {"Arn": self._environments[region, name]["Arn"]}

    def _find(self, region: str, name: str) -> Answer:
        found = self._environments.get((region, name))
        if found is None:
            raise RefusedError("404 Not Found", "ResourceNotFoundException", f"Environment {name} not found")
        return found

    def _tags(self, method: str, arn: str, asked: Answer, gone: list[str]) -> Answer:
        tags: Answer = self._find(arn.split(":")[3], arn.rsplit("/", 1)[-1])["Tags"]
        if method == "POST":
            tags |= asked["Tags"]
        for key in gone if method == "DELETE" else []:
            tags.pop(key, None)
        return {"Tags": tags} if method == "GET" else {}


def _success() -> Answer:
    return {"Status": "SUCCESS", "CreatedAt": time.time()}
