"""A marimo notebook: `marimo edit walk.py`, or `marimo run walk.py` for readers."""

import marimo

app = marimo.App()


@app.cell
def _():
    import marimo as mo

    from kernelwalk import walk

    return mo, walk


@app.cell
def _(walk):
    walk("cat 64 | sobel-x")
    return


@app.cell
def _(mo, walk):
    figure = mo.ui.anywidget(walk("cat 32 | sobel-x").widget())
    mo.vstack([figure])
    return (figure,)


@app.cell
def _(figure, mo):
    mo.md(f"Step {figure.value['step']} comes to **{figure.walk.step(figure.value['step'])['output']}**.")
    return


if __name__ == "__main__":
    app.run()
