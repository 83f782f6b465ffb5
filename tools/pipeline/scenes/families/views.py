"""How product photographers stand before a table, a sweep, a wall."""

from tools.pipeline.scenes.facts import View

TABLE = View(horizon=0.26, ground=0.80, back=0.56, tilt=0.28, blur=0.006)
SWEEP = View(horizon=0.20, ground=0.82, back=0.50, tilt=0.26, sweep=0.9, blur=0.004)
LOW = View(horizon=0.44, ground=0.82, back=0.66, tilt=0.15, blur=0.010)
WALL = View(horizon=0.30, ground=0.82, back=0.66, tilt=0.24, blur=0.003)
FAR = View(horizon=0.30, ground=0.80, back=0.60, tilt=0.26, blur=0.014)
ABOVE = View(horizon=-0.55, ground=0.80, back=-0.12, tilt=0.72, blur=0.010)
STAGE = View(horizon=0.24, ground=0.78, back=0.62, tilt=0.24, blur=0.004)
