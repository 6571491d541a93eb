"""The calendar in Panel: `with_panel.py PORT FOLDER`."""

import panel as pn

from benchmarks.peers.parts import AXES, asked

port, figures = asked()
pn.extension("plotly")


def page() -> pn.Column:
    """Return the buttons and the charts of one reader."""
    axis = pn.widgets.RadioButtonGroup(options=list(AXES), value="all")
    plots = [
        pn.pane.Plotly(figure, sizing_mode="stretch_width", height=figure["layout"]["height"])
        for figure in figures["all"]
    ]

    def show(event: object) -> None:
        for plot, figure in zip(plots, figures[event.new], strict=True):
            plot.param.update(object=figure, height=figure["layout"]["height"])

    axis.param.watch(show, "value")
    return pn.Column(axis, *plots)


pn.serve(page, address="127.0.0.1", port=port, show=False, websocket_origin="*")
