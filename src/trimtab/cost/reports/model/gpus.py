"""How well GPUs are used: not their mean, but how the paid hours spread over levels of use."""

from trimtab.cost.model import Model

STEPS = 10


class GpuUse(Model):
    """Share of the paid GPU hours by level of use, each tenth of capacity one step.

    Attributes:
        shares: ten of them, from `under 10 %` to `90 % and over`; they add up to 1.
        median: the use that half of the paid hours stay under.
        subjects: measured subjects behind it.
        weighting: what an hour counts by, `monthly cost` or `units`.
    """

    shares: tuple[float, ...]
    median: float
    subjects: int
    weighting: str
