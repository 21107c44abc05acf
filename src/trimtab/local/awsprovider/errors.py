"""What the cloud refused, as one sentence."""

from __future__ import annotations

from botocore.exceptions import BotoCoreError, ClientError, EndpointConnectionError, NoCredentialsError

CLOUD_ERRORS = (BotoCoreError, ClientError)
_GONE_WORDS = ("notfound", "nosuch", "doesnotexist", "nonexistent", "unknownresource")
_GONE_MESSAGES = ("could not find", "does not exist", "not found", "no such")


class PartialCreateError(Exception):
    """A resource exists, and a later step of its making failed."""

    def __init__(self, resource_id: str, cause: Exception) -> None:
        super().__init__(sentence(cause))
        self.resource_id = resource_id


def refusal(operation: str, code: str, message: str) -> ClientError:
    """An error of the cloud's kind, for what is found out on this side of it."""
    return ClientError({"Error": {"Code": code, "Message": message}}, operation)


def sentence(error: Exception) -> str:
    """Say what failed: the operation, the code, the cloud's own words, and a remedy where there is one."""
    if isinstance(error, ClientError):
        told = error.response.get("Error", {})
        words = " ".join(str(told.get("Message", "")).split()) or "the cloud gave no reason"
        return f"AWS refused {error.operation_name} ({told.get('Code', 'unknown')}): {words}"
    if isinstance(error, EndpointConnectionError):
        return (
            f"the cloud does not answer: {error} remedy: run `trimtab local status`, and "
            "`trimtab local up` where it is not running; with a real account, look at AWS_ENDPOINT_URL"
        )
    if isinstance(error, NoCredentialsError):
        return (
            'there are no AWS credentials. remedy: `eval "$(trimtab local env)"` for the local cloud, '
            "or `aws sso login` for a real account"
        )
    return " ".join(str(error).split())


def is_gone(error: Exception) -> bool:
    """Whether an error says that the resource is not there."""
    if not isinstance(error, ClientError):
        return False
    told = error.response.get("Error", {})
    code = str(told.get("Code", ""))
    bare = code.lower().replace(".", "").replace("_", "")
    if code == "404" or any(word in bare for word in _GONE_WORDS):
        return True
    # SageMaker and Athena say it with the error of a wrong request.
    words = str(told.get("Message", "")).lower()
    refused = "validation" in bare or "invalidrequest" in bare
    return refused and any(said in words for said in _GONE_MESSAGES)
