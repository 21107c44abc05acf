"""Features, the same ones in training and in serving."""

from __future__ import annotations

from trimtab.components.feature_store.component import FeatureStore, FeatureStoreArgs

__all__ = ["FeatureStore", "FeatureStoreArgs"]
