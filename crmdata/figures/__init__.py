"""The pictures: frames in, plotly figures out, each with its text summary and its table.

Every chart has three faces of the same frame: `figure(...)` draws it, `summary(...)` (of
intervals: `content/progress.py`) says it in sentences for those who cannot see it, and
`table(...)` is its twin in rows, with translated headers and the same symbols (`··` no report,
`—` not applicable, `0` zero).

What all of them take by keyword is `canvas.Drawing`: `words`, `theme`, `narrow` and
`label_width`. Groups are named, ordered and completed by a dict of `names.Name`: a group
without a row in the frame keeps its place in the picture.
"""
