"""The three forms of the plan: workbooks out to the units, and their answers back in.

Gets a `Package` and a day, gives workbooks; gets workbooks, gives rows for `progress/` and lines for clerks.
"""
