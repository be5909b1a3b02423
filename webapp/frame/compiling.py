"""How our templates are compiled: words, addresses and pictures are called as the plain functions that they are.

Jinja calls everything through the template's context, since what is called may want to be handed it. These few never
do, and a page calls them a hundred times: a fifth of the time that its templates took went into asking.
"""

from __future__ import annotations

from keyword import iskeyword

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame

PLAIN = frozenset({"_", "url_for", "asset", "icon", "has"})
"""Names that stand for a function of ours on every page. No template may give them another meaning."""


class PlainCalls(CodeGenerator):
    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802 Jinja's name
        if not _is_plain(node) or forward_caller:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for given in node.args:
            self.visit(given, frame)
            self.write(", ")
        for named in node.kwargs:
            self.visit(named, frame)
            self.write(", ")
        self.write(")")


def _is_plain(node: nodes.Call) -> bool:
    if not isinstance(node.node, nodes.Name) or node.node.name not in PLAIN:
        return False
    return not (node.dyn_args or node.dyn_kwargs or any(iskeyword(named.key) for named in node.kwargs))
