"""The AICPA's Trust Services Criteria (2017, points of focus 2022): common, availability, confidentiality; in short."""

from __future__ import annotations

_CRITERIA: dict[str, tuple[str, ...]] = {
    "CC1": (
        "Integrity and ethical values",
        "Oversight by the board",
        "Structures, reporting lines and authorities",
        "Competent people",
        "Accountability",
    ),
    "CC2": ("Relevant information of quality", "Internal communication", "External communication"),
    "CC3": ("Objectives", "Identification and analysis of risks", "Fraud", "Significant changes"),
    "CC4": ("Evaluations of controls", "Communication of deficiencies"),
    "CC5": ("Control activities", "General controls over technology", "Policies and procedures"),
    "CC6": (
        "Logical access security",
        "Registration and removal of users",
        "Access by role and least privilege",
        "Physical access",
        "Disposal of assets",
        "Protection of the boundary",
        "Transmission, movement and removal of information",
        "Unauthorized or malicious software",
    ),
    "CC7": (
        "Detection of configuration changes and vulnerabilities",
        "Monitoring for anomalies",
        "Evaluation of security events",
        "Response to incidents",
        "Recovery from incidents",
    ),
    "CC8": ("Change management",),
    "CC9": ("Mitigation of business disruption", "Vendors and business partners"),
    "A1": ("Capacity", "Backup and recovery infrastructure", "Tests of recovery"),
    "C1": ("Confidential information is identified and kept", "Confidential information is disposed of"),
}

SOC_2: dict[str, str] = {
    f"{series}.{number}": title for series, titles in _CRITERIA.items() for number, title in enumerate(titles, start=1)
}
