"""The server's process: its port, its end, and what it says of a port that is taken."""

from __future__ import annotations

import socket
import subprocess
import sys

import boto3

COMMAND = [sys.executable, "-m", "trimtab.local.cloud"]


def test_it_prints_its_port_serves_and_ends_quietly() -> None:
    with subprocess.Popen(COMMAND, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = f"http://127.0.0.1:{int(process.stdout.readline())}"
        sts = boto3.client(
            "sts",
            endpoint_url=url,
            aws_access_key_id="local",
            aws_secret_access_key="local",
            region_name="eu-central-1",
        )
        assert sts.get_caller_identity()["Account"] == "123456789012"
        process.terminate()
        _, noise = process.communicate(timeout=30)
    assert (process.returncode, noise) == (0, "")


def test_a_taken_port_is_the_users_mistake() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = subprocess.run([*COMMAND, "--port", port], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert f"port {port} of 127.0.0.1 cannot be used" in done.stderr
    assert "remedy: Name another with --port" in done.stderr
    assert "Traceback" not in done.stderr
