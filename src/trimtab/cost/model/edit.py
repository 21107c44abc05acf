"""One field of a declaration, before and after."""

from trimtab.cost.model.base import Model, Scalar


class SpecEdit(Model):
    """Set `spec_path` of the stack's `trimtab:platform` object from `before` to `after`.

    Attributes:
        name: the field's role in its kind (`SizingField.name`).
        spec_path: `trainingPools[0].maxNodes`.
    """

    name: str
    spec_path: str
    unit: str
    before: Scalar
    after: Scalar
