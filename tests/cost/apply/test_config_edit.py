"""Edits of a stack's file: the value's own characters change, every other byte stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from trimtab.cost.apply.config import StackFile, edited, inverse, replaced, unified
from trimtab.cost.apply.config.edit import digest
from trimtab.cost.apply.config.path import parts
from trimtab.cost.model import SpecEdit
from trimtab.cost.model.journal import ConfigEdit
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

    from trimtab.cost.model.base import Scalar

TEXT = """\
# Sizes of the production stack.
config:
  aws:region: eu-west-1
  trimtab:platform:   # one object
    trainingPools:
    - name: nightly   # p4d
      instanceTypes: [p4d.24xlarge, "p5.48xlarge"]

      maxNodes: 4     # four is what the budget bears
    - {name: small, maxNodes: 2, minNodes: 0}
    servingEndpoints:
      - name: scorer
        capacity:
            instanceType: 'ml.g5.xlarge'
            maxInstances: 4
encryptionsalt: v1:abc
"""


def edit(path: str, before: Scalar, after: Scalar) -> SpecEdit:
    return SpecEdit(name=path.rsplit(".", 1)[-1], spec_path=path, unit="nodes", before=before, after=after)


def changed(text: str, *edits: SpecEdit) -> str:
    return replaced(text, edited(text, edits, "Pulumi.prod.yaml"))


@pytest.mark.parametrize(
    ("path", "before", "after", "old", "new"),
    [
        ("trainingPools[0].maxNodes", 4, 3, "maxNodes: 4     #", "maxNodes: 3     #"),
        ("trainingPools[0].maxNodes", 4, 10, "maxNodes: 4     #", "maxNodes: 10     #"),
        ("trainingPools[1].maxNodes", 2, 1, "maxNodes: 2, minNodes", "maxNodes: 1, minNodes"),
        ("trainingPools[0].instanceTypes[1]", "p5.48xlarge", "p5.4xlarge", '"p5.48xlarge"', '"p5.4xlarge"'),
        ("servingEndpoints[0].capacity.instanceType", "ml.g5.xlarge", "ml.g5.2xlarge", "'ml.g5.xlarge'",
         "'ml.g5.2xlarge'"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_only_the_value_changes(*, path: str, before: Scalar, after: Scalar, old: str, new: str, ending: str) -> None:
    text = TEXT.replace("\n", ending)
    assert changed(text, edit(path, before, after)) == text.replace(old, new)


def test_several_edits_at_once_and_their_inverse() -> None:
    edits = [edit("servingEndpoints[0].capacity.maxInstances", 4, 12), edit("trainingPools[0].maxNodes", 4, 1)]
    replacements = edited(TEXT, edits, "f")
    after = replaced(TEXT, replacements)
    assert after == TEXT.replace("maxInstances: 4", "maxInstances: 12").replace("maxNodes: 4", "maxNodes: 1")
    config = ConfigEdit(path="f", before=digest(TEXT), after=digest(after), replacements=replacements)
    assert replaced(after, inverse(config)) == TEXT


def test_a_field_at_its_default_gets_a_line_of_its_own() -> None:
    after = changed(TEXT, edit("trainingPools[0].minNodes", 0, 1))
    assert after == TEXT.replace("nightly   # p4d\n", "nightly   # p4d\n      minNodes: 1\n")


def test_a_field_at_its_default_in_a_flow_object() -> None:
    assert changed(TEXT, edit("trainingPools[1].warmNodes", 0, 1)) == TEXT.replace(
        "minNodes: 0}", "minNodes: 0, warmNodes: 1}"
    )


@pytest.mark.parametrize(
    ("pool", "old", "new"),
    [
        (0, "nightly   # p4d\n", "nightly   # p4d\n      hourlyFloors: {}\n"),
        (1, "minNodes: 0}}", "minNodes: 0, hourlyFloors: {}}}"),
    ],
)
def test_floors_by_hour_are_written_changed_and_taken_back(pool: int, old: str, new: str) -> None:
    first, second = "mon-fri 07-19 = 2; sat-sun 08-12 = 1", "mon-sun 00-24 = 1"
    path = f"trainingPools[{pool}].hourlyFloors"
    written = changed(TEXT, edit(path, "none", first))
    assert written == TEXT.replace(old.format(), new.format(first))
    again = changed(written, edit(path, first, second))
    assert again == TEXT.replace(old.format(), new.format(second))
    assert changed(again, edit(path, second, "none")) == TEXT.replace(old.format(), new.format("none"))


@pytest.mark.parametrize(
    ("text", "path", "before", "says"),
    [
        (TEXT, "trainingPools[0].maxNodes", 5, "is 4; the advice was made for 5"),
        (TEXT, "trainingPools[7].maxNodes", 5, "is not declared there"),
        (TEXT, "trainingPools[0].instanceTypes", "x", "not written as one plain value"),
        (TEXT.replace("maxNodes: 4", "maxNodes: |\n        4"), "trainingPools[0].maxNodes", 4, "one plain value"),
        ("config:\n  a: 1\n", "trainingPools[0].maxNodes", 4, "holds no trimtab:platform"),
        ("config: [", "trainingPools[0].maxNodes", 4, "is not YAML"),
        (TEXT, "trainingPools[0]..maxNodes", 4, "is not of the form"),
    ],
)
def test_what_cannot_be_edited_is_said(text: str, path: str, before: Scalar, says: str) -> None:
    with pytest.raises(UserError, match=says.replace("[", r"\[").replace(".", r"\.")) as told:
        changed(text, edit(path, before, 3))
    assert told.value.remedy


@pytest.mark.parametrize(
    "shared",
    [
        "    trainingPools:\n    - &one {name: a, maxNodes: 4}\n    - *one\n",
        "    trainingPools:\n    - {name: a, maxNodes: &n 4}\n    - {name: b, maxNodes: *n}\n",
        "    b: &b {maxNodes: 4}\n    trainingPools:\n    - {name: a, maxNodes: 4}\n    - <<: *b\n      name: b\n",
    ],
)
@pytest.mark.parametrize("index", [0, 1])
def test_a_value_that_is_shared_is_changed_alone_or_not_at_all(shared: str, index: int) -> None:
    text = f"config:\n  trimtab:platform:\n{shared}"
    wanted = YAML(typ="safe").load(text.replace("&one ", "").replace("*one", "{name: a, maxNodes: 4}"))
    try:
        after = changed(text, edit(f"trainingPools[{index}].maxNodes", 4, 3))
    except UserError as error:
        assert "by hand" in error.remedy  # noqa: PT017  # both ends are right; which one depends on the file
        return
    got = YAML(typ="safe").load(after)["config"]["trimtab:platform"]["trainingPools"]
    other = wanted["config"]["trimtab:platform"]["trainingPools"][1 - index]
    assert got[index]["maxNodes"] == 3
    assert got[1 - index]["maxNodes"] == other["maxNodes"] == 4


WORD = st.from_regex(r"[a-z][a-zA-Z]{0,8}", fullmatch=True)
COMMENT = st.text(st.characters(blacklist_categories=("C", "Z"), blacklist_characters="\ufeff"), max_size=10)


@given(
    names=st.lists(WORD, min_size=1, max_size=5, unique=True), values=st.lists(st.integers(0, 10**6), min_size=5),
    comments=st.lists(COMMENT, min_size=5), which=st.integers(0, 4), after=st.integers(0, 10**9),
    gap=st.integers(1, 5), ending=st.sampled_from(["\n", "\r\n"]),
)  # fmt: skip
def test_any_plain_file_changes_by_its_value_alone(
    *, names: list[str], values: list[int], comments: list[str], which: int, after: int, gap: int, ending: str
) -> None:
    which %= len(names)
    lines = ["config:", "  trimtab:platform:"]
    lines += [f"    {name}:{' ' * gap}{value} #{comment}"
              for name, value, comment in zip(names, values, comments, strict=False)]  # fmt: skip
    text = ending.join([*lines, ""])
    new = changed(text, edit(names[which], values[which], after))
    at = 2 + which
    expected = lines[at].replace(f" {values[which]} #", f" {after} #", 1)
    assert new == ending.join([*lines[:at], expected, *lines[at + 1 :], ""])


def test_paths() -> None:
    assert parts("servingEndpoints[0].capacity.minInstances") == ["servingEndpoints", 0, "capacity", "minInstances"]
    assert parts("trainingPools[2].instanceTypes[0]") == ["trainingPools", 2, "instanceTypes", 0]


def test_the_diff_shows_the_line_with_its_comment() -> None:
    diff = unified(TEXT, changed(TEXT, edit("trainingPools[0].maxNodes", 4, 3)), "stacks/Pulumi.prod.yaml")
    assert "-      maxNodes: 4     # four is what the budget bears" in diff.splitlines()
    assert "+      maxNodes: 3     # four is what the budget bears" in diff.splitlines()


def test_replacing_keeps_the_mode_and_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "Pulumi.prod.yaml"
    path.write_bytes(TEXT.encode())
    path.chmod(0o640)
    file = StackFile(path, path.name)
    replacements = edited(TEXT, [edit("trainingPools[0].maxNodes", 4, 3)], path.name)
    after = replaced(TEXT, replacements)
    config = ConfigEdit(path=path.name, before=digest(TEXT), after=digest(after), replacements=replacements)
    file.forward(config)
    assert path.read_bytes() == after.encode()
    file.forward(config)  # a second time changes nothing
    file.back([config], [])
    assert path.read_bytes() == TEXT.encode()
    assert path.stat().st_mode & 0o777 == 0o640
    assert [one.name for one in tmp_path.iterdir()] == ["Pulumi.prod.yaml"]


def test_a_file_that_a_person_edited_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "Pulumi.prod.yaml"
    theirs = TEXT.replace("eu-west-1", "eu-north-1")
    path.write_bytes(theirs.encode())
    replacements = edited(TEXT, [edit("trainingPools[0].maxNodes", 4, 3)], path.name)
    config = ConfigEdit(
        path=path.name, before=digest(TEXT), after=digest(replaced(TEXT, replacements)), replacements=replacements
    )
    with pytest.raises(UserError, match="edited by somebody else"):
        StackFile(path, path.name).forward(config)
    assert path.read_bytes() == theirs.encode()
