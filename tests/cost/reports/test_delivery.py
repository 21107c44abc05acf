"""Delivery to a local receiver and to moto: what is sent, to whom, how often it is tried, and what is never shown."""

from __future__ import annotations

import email
import email.policy
import json
import secrets
import threading
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import boto3
import httpx
import pytest

from tests.cost.reports.sample import inputs
from tests.support.moto_server import moto_server
from trimtab.cost.reports import build, to_markdown
from trimtab.cost.reports.delivery import Clients, Parcel, route_of
from trimtab.cost.reports.delivery.attempts import ATTEMPTS
from trimtab.spec.errors import UserError, WorldError

if TYPE_CHECKING:
    from collections.abc import Iterator

SECRET_PART = "T000-B000-XXXXsecret"


class Receiver(ThreadingHTTPServer):
    """Keeps what is posted; answers as the test says, one status a call, the last one for ever."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.got: list[Any] = []
        self.statuses = [200]
        self.text = "ok"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/services/{SECRET_PART}"


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        self.server.got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        status = self.server.statuses.pop(0) if len(self.server.statuses) > 1 else self.server.statuses[0]
        self.send_response(status)
        self.end_headers()
        self.wfile.write(self.server.text.encode())

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def parcel() -> Parcel:
    return Parcel(build(inputs()), "report.html", b"<!DOCTYPE html><title>x</title>", "text/html; charset=utf-8")


def clients(environment: dict[str, str], moto: dict[str, str] | None = None) -> Clients:
    def aws(service: str) -> Any:
        assert moto is not None, f"{service} was not to be asked"
        made: Any = boto3.client(  # type: ignore[call-overload]  # any service
            service, region_name="eu-west-1", endpoint_url=moto["AWS_ENDPOINT_URL"], aws_access_key_id="testing",
            aws_secret_access_key="testing",
        )  # fmt: skip
        return made

    return Clients(aws, environment, pause=0.001)


def test_slack_gets_blocks_within_its_limits(receiver: Receiver, parcel: Parcel) -> None:
    route, world = route_of("slack"), clients({"TRIMTAB_SLACK_WEBHOOK": receiver.url})
    route.prepare(world)
    assert route.says(parcel) == (
        "a summary of “Cost report: atlas, 2026-W48” to the Slack webhook in variable TRIMTAB_SLACK_WEBHOOK"
    )
    route.send(parcel, world)
    (body,) = receiver.got
    kinds = [block["type"] for block in body["blocks"]]
    assert kinds == ["header", "section", "section", "section", "context"]
    assert len(body["blocks"][0]["text"]["text"]) <= 150
    assert len(body["blocks"][2]["fields"]) <= 10
    assert "costs $60,182 a month" in body["text"]
    assert "Room for the launch" in body["blocks"][3]["text"]["text"]


def test_what_slack_reads_as_control_is_escaped(receiver: Receiver) -> None:
    one = inputs()
    report = build(one).model_copy(update={"platform": "<!channel> & <http://x|y>"})
    route_of("slack:HOOK").send(Parcel(report, "r", b"", "text/html"), clients({"HOOK": receiver.url}))
    assert "<!channel>" not in receiver.got[0]["blocks"][1]["text"]["text"]
    assert "&lt;!channel&gt; &amp;" in receiver.got[0]["blocks"][1]["text"]["text"]


def test_teams_gets_an_adaptive_card(receiver: Receiver, parcel: Parcel) -> None:
    receiver.statuses = [202]
    route_of("teams").send(parcel, clients({"TRIMTAB_TEAMS_WEBHOOK": receiver.url}))
    (body,) = receiver.got
    (attachment,) = body["attachments"]
    assert (body["type"], attachment["contentType"]) == ("message", "application/vnd.microsoft.card.adaptive")
    card = attachment["content"]
    assert (card["type"], card["version"]) == ("AdaptiveCard", "1.5")
    assert {"title": "Budget a month", "value": "$80,000"} in card["body"][2]["facts"]
    assert len(json.dumps(body)) < 28_000


def test_a_passing_fault_is_tried_again(receiver: Receiver, parcel: Parcel) -> None:
    receiver.statuses = [503, 429, 200]
    route_of("slack:HOOK").send(parcel, clients({"HOOK": receiver.url}))
    assert len(receiver.got) == 3


@pytest.mark.parametrize(("status", "tries"), [(500, ATTEMPTS), (404, 1)])
def test_a_refusal_is_said_without_the_address(receiver: Receiver, parcel: Parcel, status: int, tries: int) -> None:
    receiver.statuses, receiver.text = [status], f"no_service at {receiver.url}"
    with pytest.raises(WorldError) as refused:
        route_of("slack:HOOK").send(parcel, clients({"HOOK": receiver.url}))
    assert len(receiver.got) == tries
    assert str(status) in str(refused.value)
    assert "HOOK" in str(refused.value)
    assert SECRET_PART not in f"{refused.value!r}{refused.value}{refused.value.__cause__!r}"


def test_nobody_there_is_said_without_the_address(parcel: Parcel) -> None:
    url = f"http://127.0.0.1:9/services/{SECRET_PART}"
    with pytest.raises(WorldError, match="ConnectError") as refused:
        route_of("teams:HOOK").send(parcel, clients({"HOOK": url}))
    assert SECRET_PART not in f"{refused.value!r}{refused.value}{refused.value.__cause__!r}"


@pytest.mark.parametrize("text", [f"slack:https://x/{SECRET_PART}", f"https://x/{SECRET_PART}",
                                  f"teams:secret:https://x/{SECRET_PART}"])  # fmt: skip
def test_an_address_on_the_command_line_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(UserError) as refused:
        route_of(text)
    assert SECRET_PART not in str(refused.value)


@pytest.mark.parametrize("address", ["", "ftp://x.example.org", f"http://x.example.org/{SECRET_PART}", "hello"])
def test_only_https_is_posted_to(address: str) -> None:
    with pytest.raises(UserError, match="https address") as refused:
        route_of("slack:HOOK").prepare(clients({"HOOK": address}))
    assert SECRET_PART not in str(refused.value)


def test_an_address_may_be_a_secret_in_aws(receiver: Receiver, parcel: Parcel, moto: dict[str, str]) -> None:
    name = f"hook-{secrets.token_hex(4)}"
    world = clients({}, moto)
    world.aws("secretsmanager").create_secret(Name=name, SecretString=receiver.url)
    route = route_of(f"slack:secret:{name}")
    assert f"secret {name}" in route.says(parcel)
    route.send(parcel, world)
    assert len(receiver.got) == 1
    with pytest.raises(WorldError, match="secretsmanager:GetSecretValue"):
        route_of(f"slack:secret:{name}-not").prepare(world)


@pytest.mark.parametrize(("path", "key"), [("", "report.html"), ("/weekly/", "weekly/report.html"), ("/a/b", "a/b")])
def test_a_bucket_gets_the_file(parcel: Parcel, moto: dict[str, str], path: str, key: str) -> None:
    world, bucket = clients({}, moto), f"reports-{secrets.token_hex(4)}"
    world.aws("s3").create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    route = route_of(f"s3://{bucket}{path}")
    assert route.says(parcel) == f"report.html (1 kB) to s3://{bucket}/{key}"
    route.send(parcel, world)
    found = world.aws("s3").get_object(Bucket=bucket, Key=key)
    assert (found["Body"].read(), found["ContentType"]) == (parcel.content, parcel.content_type)


def test_a_bucket_that_is_not_there_is_said(parcel: Parcel, moto: dict[str, str]) -> None:
    with pytest.raises(WorldError, match="NoSuchBucket"):
        route_of(f"s3://nobody-{secrets.token_hex(6)}/").send(parcel, clients({}, moto))


def test_an_e_mail_holds_text_tables_and_the_file(parcel: Parcel) -> None:
    # A server of its own: moto gives its mails only with everything else that it holds.
    with moto_server() as address:
        _send_and_read(parcel, {"AWS_ENDPOINT_URL": address})


def _send_and_read(parcel: Parcel, moto: dict[str, str]) -> None:
    sender, reader = f"reports@{secrets.token_hex(4)}.org", "cfo@example.org"
    world = clients({"TRIMTAB_MAIL_FROM": sender}, moto)
    world.aws("sesv2").create_email_identity(EmailIdentity=sender)
    route = route_of(f"ses:{reader}, ops@example.org")
    route.prepare(world)
    assert route.says(parcel) == "an e-mail with report.html (1 kB) to cfo@example.org, ops@example.org"
    route.send(parcel, world)
    (raw,) = httpx.get(f"{moto['AWS_ENDPOINT_URL']}/moto-api/data.json").json()["ses"]["RawMessage"]
    assert raw["source"] == sender
    assert set(raw["destinations"]) == {reader, "ops@example.org"}
    message = email.message_from_string(raw["raw_data"], policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    assert message["Subject"] == "Cost report: atlas, 2026-W48"
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    assert text.get_content().split() == to_markdown(parcel.report).split()
    assert "Room for the launch" in html.get_content()
    assert "<style" not in html.get_content()
    (file,) = message.iter_attachments()
    assert file.get_filename() == "report.html"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("mail:a@b.org", "names no route"),
        ("s3:bucket/x", "names no bucket"),
        ("s3://B/x", "names no bucket"),
        ("ses:cfo", "cfo is no address"),
        ("ses:", "0 addresses"),
    ],
)
def test_what_is_no_route(text: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        route_of(text)


def test_without_a_sender_no_mail_is_sent() -> None:
    with pytest.raises(UserError, match="TRIMTAB_MAIL_FROM is not set"):
        route_of("ses:a@example.org").prepare(clients({}))
