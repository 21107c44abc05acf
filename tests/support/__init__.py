"""What engine tests share. Import from here:

`LocalCloud`: a local cloud of its own, with its environment.
    cloud.environment  dict for a subprocess: PATH, PULUMI_HOME, PULUMI_BACKEND_URL, AWS_ENDPOINT_URL, …
    cloud.endpoint     "http://127.0.0.1:PORT"
    cloud.client("s3") a boto3 client that talks to it
    cloud.trimtab("local", "status")  runs the command in its environment: Finished(code, stdout, stderr)

The session fixture `local_cloud` (tests/conftest.py) is one that runs for all tests of a session, so give resources
names of your own, or make a fresh AWS account's worth of them with `workspace.destroy()` at the end.

`Workspace`: a Pulumi project in a folder, and one stack of it.
    workspace = Workspace(local_cloud, tmp_path, program="import pulumi\n…", config={"trimtab:platform": {...}})
    result = workspace.up()            # Result(code, output, state); raises AssertionError unless it succeeds
    result.outputs["name"]             # stack outputs
    result.resources                   # list of Resource(urn, type, name, id, inputs, outputs, …)
    result.of_type("aws:s3/bucket:Bucket")   # those of one type
    workspace.preview() refresh() destroy()  # the same; preview(json=True).events is what `preview --json` prints
    workspace.up(check=False, flags=["--policy-pack", "DIR"])   # takes failures too, and any flag of pulumi
    workspace.export()                 # the parsed `pulumi stack export`
    workspace.pulumi("config", "get", "k")   # any other command
    workspace.write_program("…")       # replaces the program (a path to a folder is taken too: program=Path(...))

The fixture `make_workspace` builds one in the test's tmp_path and destroys its stack afterwards.
"""

from __future__ import annotations

from tests.support.cloud import Finished, LocalCloud
from tests.support.workspace import Resource, Result, Workspace

__all__ = ["Finished", "LocalCloud", "Resource", "Result", "Workspace"]
