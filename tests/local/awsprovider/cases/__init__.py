"""The table of every AWS type that the shipped stacks may declare: example inputs and a change of them."""

from __future__ import annotations

from tests.local.awsprovider.cases.compute import COMPUTE
from tests.local.awsprovider.cases.databases import DATABASES
from tests.local.awsprovider.cases.eks import EKS
from tests.local.awsprovider.cases.events import EVENTS
from tests.local.awsprovider.cases.identity import IDENTITY
from tests.local.awsprovider.cases.ledger import LEDGER
from tests.local.awsprovider.cases.network import NETWORK
from tests.local.awsprovider.cases.pipelines import PIPELINES
from tests.local.awsprovider.cases.port import Case, Made, World
from tests.local.awsprovider.cases.reviews import REVIEWS
from tests.local.awsprovider.cases.sagemaker import SAGEMAKER
from tests.local.awsprovider.cases.storage import STORAGE
from tests.local.awsprovider.cases.watch import WATCH

CASES: dict[str, Case] = {
    **COMPUTE,
    **DATABASES,
    **EKS,
    **EVENTS,
    **IDENTITY,
    **LEDGER,
    **NETWORK,
    **PIPELINES,
    **REVIEWS,
    **SAGEMAKER,
    **STORAGE,
    **WATCH,
}

__all__ = ["CASES", "Case", "Made", "World"]
