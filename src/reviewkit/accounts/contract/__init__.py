"""The contract of the account tables, a file for each part of the business."""
