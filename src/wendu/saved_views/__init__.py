"""Saved views: lists worth coming back to, one's own or shared, pinned above the table or opened first."""
