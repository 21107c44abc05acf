"""The subcategories of the NIST AI Risk Management Framework (NIST AI 100-1, version 1.0), in short."""

from __future__ import annotations

# Function and category, to its subcategories in their order.
_SUBCATEGORIES: dict[str, tuple[str, ...]] = {
    "GOVERN 1": (
        "Legal and regulatory requirements",
        "Trustworthiness in policies and procedures",
        "Level of risk management by risk tolerance",
        "Transparent risk management process",
        "Monitoring and periodic review are planned",
        "Inventory of AI systems",
        "Safe decommissioning",
    ),
    "GOVERN 2": (
        "Roles and lines of communication",
        "Training of personnel and partners",
        "Executives answer for risks",
    ),
    "GOVERN 3": ("Diverse teams decide", "Roles in human oversight"),
    "GOVERN 4": ("Safety-first practices", "Risks and impacts are documented", "Testing and incident sharing"),
    "GOVERN 5": ("Feedback of external actors", "Feedback enters design and implementation"),
    "GOVERN 6": ("Risks of third parties", "Contingency for failures of third parties"),
    "MAP 1": (
        "Intended purpose, setting and law",
        "Interdisciplinary actors",
        "Mission and goals",
        "Business value",
        "Risk tolerance",
        "System requirements",
    ),
    "MAP 2": ("Tasks and methods", "Knowledge limits and use of output", "Scientific integrity of evaluation"),
    "MAP 3": ("Benefits", "Costs of errors", "Scope of application", "Proficiency of operators", "Human oversight"),
    "MAP 4": ("Risks of components and third-party data", "Internal controls of components"),
    "MAP 5": ("Likelihood and magnitude of impacts", "Engagement and feedback on impacts"),
    "MEASURE 1": ("Metrics for significant risks", "Metrics are reassessed", "Independent assessors"),
    "MEASURE 2": (
        "Test sets, metrics and tools",
        "Evaluations with human subjects",
        "Performance under conditions of use",
        "Monitoring in production",
        "Validity and reliability",
        "Safety",
        "Security and resilience",
        "Transparency and accountability",
        "Explanation and interpretation",
        "Privacy",
        "Fairness and bias",
        "Environmental impact",
        "Effectiveness of evaluation itself",
    ),
    "MEASURE 3": ("Risks are tracked", "Tracking where metrics are missing", "Feedback and appeal of users"),
    "MEASURE 4": ("Measurement fits the deployment", "Results are validated by experts", "Improvements and declines"),
    "MANAGE 1": (
        "Whether the system achieves its purpose",
        "Treatment of risks by priority",
        "Responses to high-priority risks",
        "Residual risks",
    ),
    "MANAGE 2": (
        "Resources, and alternatives to AI",
        "Value of deployed systems is sustained",
        "Response to unknown risks",
        "Superseding, disengaging, deactivating",
    ),
    "MANAGE 3": ("Monitoring of third-party resources", "Monitoring of pre-trained models"),
    "MANAGE 4": ("Post-deployment monitoring", "Continual improvement", "Communication of incidents and errors"),
}

NIST_AI_RMF: dict[str, str] = {
    f"{category}.{number}": title
    for category, titles in _SUBCATEGORIES.items()
    for number, title in enumerate(titles, start=1)
}
