"""Across reports: copies, incidents, tolls, stories, negotiations, and what is new. Pure functions over what reports say."""
