"""Cloud Control API, which moto lacks, for the SageMaker types that have no Pulumi resource of their own.

Its handlers call SageMaker, as AWS's do: what was made through one API is described by the other. See
https://docs.aws.amazon.com/cloudcontrolapi/latest/APIReference/Welcome.html.
"""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

import boto3
from botocore.exceptions import ClientError, ParamValidationError

_TARGET: Final = "CloudApiService."
StartResponse = Callable[..., Any]
Environ = dict[str, Any]


@dataclass(frozen=True)
class Type:
    """How a type is handled: the noun of SageMaker's operations, and its name and identifier there."""

    noun: str
    name: str
    identifier: str


_JOB: Final = ("JobDefinitionName", "JobDefinitionArn")
TYPES: Final[dict[str, Type]] = {
    "AWS::SageMaker::DataQualityJobDefinition": Type("data_quality_job_definition", *_JOB),
    "AWS::SageMaker::ModelBiasJobDefinition": Type("model_bias_job_definition", *_JOB),
    "AWS::SageMaker::ModelExplainabilityJobDefinition": Type("model_explainability_job_definition", *_JOB),
    "AWS::SageMaker::ModelQualityJobDefinition": Type("model_quality_job_definition", *_JOB),
    "AWS::SageMaker::InferenceComponent": Type(
        "inference_component", "InferenceComponentName", "InferenceComponentArn"
    ),
}


class RefusedError(Exception):
    """The API's answer to a wrong request."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class CloudControl:
    """A WSGI application that answers Cloud Control requests, and hands on all others."""

    def __init__(self, application: Any) -> None:
        self._application = application
        self._events: dict[str, dict[str, Any]] = {}

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        target = environ.get("HTTP_X_AMZ_TARGET", "")
        if not target.startswith(_TARGET):
            answer: Iterable[bytes] = self._application(environ, start_response)
            return answer
        length = int(environ.get("CONTENT_LENGTH") or 0)
        asked = json.loads(environ["wsgi.input"].read(length) or b"{}")
        try:
            status, body = "200 OK", self._answer(target.removeprefix(_TARGET), asked, environ)
        except RefusedError as error:
            status, body = "400 Bad Request", {"__type": error.code, "Message": str(error)}
        text = json.dumps(body, default=str).encode()
        start_response(status, [("Content-Type", "application/x-amz-json-1.0"), ("Content-Length", str(len(text)))])
        return [text]

    def _answer(self, operation: str, asked: dict[str, Any], environ: Environ) -> dict[str, Any]:
        if operation == "GetResourceRequestStatus":
            return {"ProgressEvent": self._event(asked["RequestToken"])}
        kind = TYPES.get(asked.get("TypeName", ""))
        if kind is None:
            raise RefusedError(
                "UnsupportedActionException", f"this cloud handles {', '.join(TYPES)}, not {asked.get('TypeName')}"
            )
        client = _sagemaker(environ)
        if operation == "CreateResource":
            return self._done("CREATE", asked, lambda: _create(client, kind, json.loads(asked["DesiredState"])))
        if operation == "UpdateResource":
            return self._done(
                "UPDATE", asked, lambda: _update(client, kind, asked["Identifier"], asked["PatchDocument"])
            )
        if operation == "DeleteResource":
            return self._done("DELETE", asked, lambda: _delete(client, kind, asked["Identifier"]))
        if operation == "GetResource":
            return {"TypeName": asked["TypeName"], "ResourceDescription": _get(client, kind, asked["Identifier"])}
        raise RefusedError("UnsupportedActionException", f"this cloud does not serve {operation}")

    def _event(self, token: str) -> dict[str, Any]:
        if token not in self._events:
            raise RefusedError("RequestTokenNotFoundException", f"there is no request {token}")
        return self._events[token]

    def _done(self, operation: str, asked: dict[str, Any], act: Callable[[], str]) -> dict[str, Any]:
        """Handle at once what AWS handles in the background; the outcome stays to be asked for."""
        event: dict[str, Any] = {
            "TypeName": asked["TypeName"],
            "RequestToken": str(uuid.uuid4()),
            "Operation": operation,
            "OperationStatus": "SUCCESS",
            "EventTime": time.time(),
        }
        try:
            event["Identifier"] = act()
        except (ClientError, ParamValidationError) as error:
            event |= {"OperationStatus": "FAILED", "ErrorCode": "InvalidRequest", "StatusMessage": str(error)}
        self._events[event["RequestToken"]] = event
        return {"ProgressEvent": event}


def _sagemaker(environ: Environ) -> Any:
    """SageMaker at this same server, in the region that the request was signed for."""
    region = environ["HTTP_AUTHORIZATION"].split("Credential=", 1)[1].split("/")[2]
    return boto3.client(
        "sagemaker",
        region_name=region,
        endpoint_url=f"http://{environ['HTTP_HOST']}",
        aws_access_key_id="cloudcontrol",
        aws_secret_access_key="cloudcontrol",  # noqa: S106  # moto asks for any
    )


def _create(client: Any, kind: Type, desired: dict[str, Any]) -> str:
    tags = {"Tags": desired["Tags"]} if desired.get("Tags") else {}
    answer = getattr(client, f"create_{kind.noun}")(**{**desired, **tags})
    return str(answer[kind.identifier])


def _update(client: Any, kind: Type, identifier: str, patch: str) -> str:
    """Send what a JSON patch adds or replaces at the top; AWS's handler sends whole structures too.

    Raises:
        ClientError: SageMaker refuses it, or its type can only be made anew.
    """
    update = getattr(client, f"update_{kind.noun}", None)
    changed = {one["path"].lstrip("/").split("/", 1)[0]: one.get("value") for one in json.loads(patch)}
    if update is None:
        words = f"properties [{', '.join(changed)}] are create-only"
        raise ClientError({"Error": {"Code": "NotUpdatable", "Message": words}}, "UpdateResource")
    tags = changed.pop("Tags", None)
    if changed:
        update(**_name(kind, identifier), **changed)
    if tags:
        client.add_tags(ResourceArn=identifier, Tags=tags)
    return identifier


def _name(kind: Type, identifier: str) -> dict[str, str]:
    return {kind.name: identifier.rsplit("/", 1)[-1]}


def _get(client: Any, kind: Type, identifier: str) -> dict[str, Any]:
    try:
        found = getattr(client, f"describe_{kind.noun}")(**_name(kind, identifier))
    except ClientError as error:
        raise RefusedError("ResourceNotFoundException", f"{identifier} was not found") from error
    found.pop("ResponseMetadata", None)
    return {"Identifier": identifier, "Properties": json.dumps(found, default=str)}


def _delete(client: Any, kind: Type, identifier: str) -> str:
    getattr(client, f"delete_{kind.noun}")(**_name(kind, identifier))
    return identifier
