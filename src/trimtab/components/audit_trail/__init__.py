"""Evidence: who did what, kept where nobody can change it."""

from __future__ import annotations

from trimtab.components.audit_trail.component import AuditTrail, AuditTrailArgs

__all__ = ["AuditTrail", "AuditTrailArgs"]
