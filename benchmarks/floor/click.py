"""A bare Streamlit page with the calendar's ready figures, and the list that chooses the axis."""

import json
import os
from pathlib import Path

import plotly.graph_objects as go
import streamlit as st

AXES = ("all", "1", "2", "3", "4", "5")


@st.cache_resource(show_spinner=False)
def figures() -> dict[str, list[go.Figure]]:
    """Return the ready figures by axis."""
    folder = Path(os.environ["FLOOR_PARTS"])
    return {
        axis: [
            go.Figure(figure, skip_invalid=True)
            for figure in json.loads((folder / f"calendario-{axis}.json").read_text("utf-8"))[
                "figures"
            ]
        ]
        for axis in AXES
    }


st.set_page_config(layout="wide")
axis = st.selectbox("Axis", AXES, key="axis", filter_mode=None)
for place, figure in enumerate(figures()[axis]):
    st.plotly_chart(figure, key=f"figure-{place}", theme=None)
