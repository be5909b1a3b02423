"""How large a script makes its values at the very least. Knows no value: what comes from the case weighs nothing.

A few dozen lines `a = [a, a]` fill any memory. The engine stops them when they run; here they are found in the drawing.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable

_MOST = 10**12
"""More than this is not told apart, or a thousand doublings would make numbers of a thousand digits."""


def grown(body: Iterable[ast.stmt]) -> int:
    """The weight of the heaviest value after any line, as a lower bound: one a part and one a character."""
    weights: dict[str, int] = {}
    heaviest = 0
    for line in body:
        if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name):
            weight = min(_weight(line.value, weights), _MOST)
            weights[line.targets[0].id] = weight
            heaviest = max(heaviest, weight)
    return heaviest


def _weight(node: ast.expr | None, weights: dict[str, int]) -> int:
    if isinstance(node, ast.Name):
        return weights.get(node.id, 0)
    if isinstance(node, ast.Constant):
        return len(node.value) if isinstance(node.value, str) else 0
    if isinstance(node, ast.List | ast.Tuple):
        return sum(1 + _weight(item, weights) for item in node.elts)
    if isinstance(node, ast.Dict):
        return sum(1 + _weight(item, weights) for item in node.values)
    if isinstance(node, ast.IfExp):
        return min(_weight(node.body, weights), _weight(node.orelse, weights))
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _weight(node.left, weights) + _weight(node.right, weights)
    return 0
