"""Undo what the mutation tool passes by: decorators of functions, and lambdas outside functions.

`@cache def f(): …` becomes `def f_plain(): …` and `f = cache(f_plain)`, so that the body of f is mutated too; a lambda in a table of a
module becomes a function with a name. The meaning stays the same: the tests run on the changed code before anything is mutated.
"""

from __future__ import annotations

import libcst as cst

# The tool knows these itself.
_KNOWN = ("staticmethod", "classmethod")


class _Plain(cst.CSTTransformer):
    def __init__(self) -> None:
        self.depth = 0
        self.lifted: list[cst.FunctionDef] = []

    def visit_FunctionDef(self, node: cst.FunctionDef) -> None:
        self.depth += 1

    def leave_FunctionDef(self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef) -> cst.FunctionDef | cst.FlattenSentinel[cst.BaseStatement]:
        self.depth -= 1
        decorators = [one.decorator for one in updated_node.decorators]
        if self.depth or not decorators or (len(decorators) == 1 and isinstance(decorators[0], cst.Name) and decorators[0].value in _KNOWN):
            return updated_node
        plain = cst.Name(f"{updated_node.name.value}_plain")
        value: cst.BaseExpression = plain
        for decorator in reversed(decorators):
            value = cst.Call(decorator, [cst.Arg(value)])
        named = cst.SimpleStatementLine([cst.Assign([cst.AssignTarget(updated_node.name)], value)])
        return cst.FlattenSentinel([updated_node.with_changes(name=plain, decorators=[]), named])

    def leave_Lambda(self, original_node: cst.Lambda, updated_node: cst.Lambda) -> cst.BaseExpression:
        if self.depth:
            return updated_node
        name = cst.Name(f"lifted_{len(self.lifted) + 1}")
        body = cst.IndentedBlock([cst.SimpleStatementLine([cst.Return(updated_node.body)])])
        self.lifted.append(cst.FunctionDef(name, updated_node.params, body))
        return name

    def leave_Module(self, original_node: cst.Module, updated_node: cst.Module) -> cst.Module:
        """Put the named lambdas before the first statement that uses them."""
        if not self.lifted:
            return updated_node
        names = {one.name.value for one in self.lifted}
        body = list(updated_node.body)
        place = next(place for place, one in enumerate(body) if names & _names(one))
        return updated_node.with_changes(body=[*body[:place], *self.lifted, *body[place:]])


def _names(node: cst.CSTNode) -> set[str]:
    found: set[str] = set()

    class _Reader(cst.CSTVisitor):
        def visit_Name(self, node: cst.Name) -> None:
            found.add(node.value)

    node.visit(_Reader())
    return found


def plain(source: str) -> str:
    """Give the module without decorators of functions and without lambdas outside functions."""
    return cst.parse_module(source).visit(_Plain()).code
