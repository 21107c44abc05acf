"""What a reviewer sees: the request, the model's answer, the outcomes to choose from."""

from __future__ import annotations

import hashlib
import html
import json
from typing import TYPE_CHECKING

import pulumi_aws as aws

if TYPE_CHECKING:
    from trimtab.components.base import Component
    from trimtab.spec.human_review import HumanReview
    from trimtab.spec.serving import ServingEndpoint

DIGEST_DIGITS = 7

# A2I escapes what a variable brings; crowd-form sends what was chosen.
_PAGE = """<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
<crowd-form>
  <crowd-classifier name="decision" header="{header}" categories="{outcomes}">
    <classification-target>
      <p>Why this one: {{{{ task.input.why }}}}</p>
      <h4>Request</h4>
      <pre>{{{{ task.input.request }}}}</pre>
      <h4>Answer of the model</h4>
      <pre>{{{{ task.input.answer }}}}</pre>
    </classification-target>
    <full-instructions header="{header}">{instructions}</full-instructions>
    <short-instructions>{instructions}</short-instructions>
  </crowd-classifier>
  <label>Reason <crowd-input name="reason" required></crowd-input></label>
</crowd-form>
"""


def template(endpoint: ServingEndpoint, review: HumanReview) -> str:
    """Return the task's Liquid template: the declared one, or request and answer beside the outcomes."""
    if review.template is not None:
        return review.template
    return _PAGE.format(
        header=html.escape(f"Review of {endpoint.name}"),
        outcomes=html.escape(json.dumps(review.outcomes)),
        instructions=html.escape(review.instructions),
    )


def task_ui(component: Component, endpoint: ServingEndpoint, review: HumanReview) -> aws.sagemaker.HumanTaskUI:
    """Declare the task; its name carries a digest of the template, so that a new one stands before the old one goes."""
    content = template(endpoint, review)
    digest = hashlib.sha256(content.encode()).hexdigest()[:DIGEST_DIGITS]
    return aws.sagemaker.HumanTaskUI(
        f"{component.name}-{endpoint.name}-task",
        human_task_ui_name=f"{component.context.prefix}-{endpoint.name}-{digest}",
        ui_template=aws.sagemaker.HumanTaskUIUiTemplateArgs(content=content),
        tags=component.tags(model=endpoint.model.group),
        opts=component.child(),
    )
