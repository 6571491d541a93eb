"""The calendar in NiceGUI: `with_nicegui.py PORT FOLDER`."""

from nicegui import ui

from benchmarks.peers.parts import AXES, asked

port, figures = asked()


@ui.page("/")
def page() -> None:
    """Draw the radio buttons and the charts."""

    def show(axis: str) -> None:
        for plot, figure in zip(plots, figures[axis], strict=True):
            plot.update_figure(figure)

    ui.radio(list(AXES), value="all", on_change=lambda event: show(event.value))
    plots = [ui.plotly(figure).classes("w-full") for figure in figures["all"]]


ui.run(host="127.0.0.1", port=port, reload=False, show=False)
