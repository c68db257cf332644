"""Stories: threads of reports about one course of events over days and weeks."""

from __future__ import annotations

from readout.across.stories.finding import Stories, Story, find_stories

__all__ = ["Stories", "Story", "find_stories"]
