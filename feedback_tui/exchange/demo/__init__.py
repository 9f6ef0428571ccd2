"""Makes a realistic register of any size for a fictional council, for the demo and the benchmarks."""

from feedback_tui.exchange.demo.cases import Row
from feedback_tui.exchange.demo.stream import fictional_register

__all__ = ["Row", "fictional_register"]
