"""How templates are written out as Python: Jinja's way, but calls of our own are plain calls."""

from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.idtracking import VAR_LOAD_RESOLVE

TEXTS = frozenset(["_", "ngettext"])
PLAIN = TEXTS | {"csrf_token", "may", "new_form_key", "rail", "static_url"}
MACROS = "ui"


class PlainCode(CodeGenerator):
    """A page makes some five hundred calls; before each Jinja looks five things up.

    What our texts and macros give is safe already (`core.i18n.for_page`, macros under autoescape),
    so it is not asked whether to escape it.
    """

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802 - Jinja's name
        if not _is_simple(node) or not _is_ours(node.node, frame, PLAIN):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self._visit_target(node.node, frame)
        self.write("(")
        for given in (*node.args, *node.kwargs):
            self.visit(given, frame)
            self.write(", ")
        self.write("caller=caller)" if forward_caller else ")")

    def _visit_target(self, target: nodes.Expr, frame: Frame) -> None:
        if isinstance(target, nodes.Getattr):
            self.visit(target.node, frame)
            self.write(f".{target.attr}")
        else:
            self.visit(target, frame)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if self._is_safe(node, frame):
            self.write("(")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if self._is_safe(node, frame):
            self.write(")")
        else:
            super()._output_child_post(node, frame, finalize)

    def _is_safe(self, node: nodes.Expr, frame: Frame) -> bool:
        is_plain = frame.eval_ctx.autoescape and not frame.eval_ctx.volatile
        return is_plain and isinstance(node, nodes.Call) and _is_ours(node.node, frame, TEXTS)


def _is_simple(node: nodes.Call) -> bool:
    return node.dyn_args is None and node.dyn_kwargs is None


def _is_ours(target: nodes.Expr, frame: Frame, names: frozenset[str]) -> bool:
    """A function of these names, or a macro of templates/ui; never what a template calls so."""
    if isinstance(target, nodes.Getattr):
        return _is_global(target.node, frame, frozenset([MACROS]))
    return _is_global(target, frame, names)


def _is_global(target: nodes.Expr, frame: Frame, names: frozenset[str]) -> bool:
    if not isinstance(target, nodes.Name) or target.name not in names:
        return False
    load = frame.symbols.find_load(frame.symbols.ref(target.name))
    return load is not None and load[0] == VAR_LOAD_RESOLVE
