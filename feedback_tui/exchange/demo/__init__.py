"""A realistic register of any size about a council that does not exist: for the demo, and for the benchmarks."""

from feedback_tui.exchange.demo.cases import Row
from feedback_tui.exchange.demo.stream import fictional_register

__all__ = ["Row", "fictional_register"]
