"""The calendar in Dash, behind waitress, a production server: `with_dash.py PORT FOLDER`."""

import waitress
from dash import Dash, Input, Output, dcc, html

from benchmarks.peers.parts import AXES, asked

port, figures = asked()
app = Dash(__name__)
graphs = [f"graph-{place}" for place in range(len(figures["all"]))]
app.layout = html.Div([
    dcc.RadioItems(list(AXES), "all", id="axis"),
    *(dcc.Graph(id=name, figure=figure)
      for name, figure in zip(graphs, figures["all"], strict=True)),
])  # fmt: skip


@app.callback([Output(name, "figure") for name in graphs], Input("axis", "value"))
def show(axis: str) -> list[object]:
    """Return the figures of the axis that was clicked."""
    return list(figures[axis])


waitress.serve(app.server, host="127.0.0.1", port=port, threads=4)
