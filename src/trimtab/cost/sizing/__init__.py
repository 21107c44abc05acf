"""Judgement: from reduced usage to a size. Pure functions over numpy and pandas; no cloud, no files."""
