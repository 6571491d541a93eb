"""A bare Streamlit page: ready-made figures and tables, one under the other, and nothing else.

`FLOOR_PARTS` names a folder with a file a page: a list of figures and one of tables, as the
app's own page showed them. `?show=` chooses; `FLOOR_FIGURE` beside it makes one chart to click.
"""

import json
import os
from pathlib import Path

import plotly.graph_objects as go
import streamlit as st


@st.cache_resource(show_spinner=False)
def parts(name: str) -> tuple[list[go.Figure], list[str]]:
    """Return the ready figures and tables of a page."""
    found = json.loads((Path(os.environ["FLOOR_PARTS"]) / f"{name}.json").read_text("utf-8"))
    return [go.Figure(figure, skip_invalid=True) for figure in found["figures"]], found["tables"]


st.set_page_config(layout="wide")
figures, tables = parts(st.query_params.get("show", "inicio"))
for place, figure in enumerate(figures):
    st.plotly_chart(figure, key=f"figure-{place}", theme=None)
for table in tables:
    st.html(table)
