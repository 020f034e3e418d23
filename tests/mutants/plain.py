"""Undo what the mutation tool passes by: decorators of functions, lambdas outside functions, and constants of a module.

`@cache def f(): …` becomes `def f_plain(): …` and `f = cache(f_plain)`, so that the body of f is mutated too; a lambda in a table of a
module becomes a function with a name; `DAYS = 7` gets `def constant_DAYS(): return 7` beside it, whose changed forms take the place of DAYS.
The meaning stays the same: the tests run on the changed code before anything is mutated.
"""

from __future__ import annotations

import ast

import libcst as cst

CONSTANT = "constant_"
# The tool knows these itself.
_KNOWN = ("staticmethod", "classmethod")


class _Plain(cst.CSTTransformer):
    def __init__(self, constants: dict[str, set[str]]) -> None:
        self.constants = constants
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
        self.lifted.append(_returning(name, updated_node.params, updated_node.body))
        return name

    def leave_Module(self, original_node: cst.Module, updated_node: cst.Module) -> cst.Module:
        """Put the named lambdas before the first statement that uses them, and the constants' functions at the end."""
        body = list(updated_node.body)
        values = [_returning(cst.Name(CONSTANT + name), cst.Parameters(), value) for one in body for name, value in _assigned(one) if name in self.constants]
        if self.lifted:
            names = {one.name.value for one in self.lifted}
            place = next(place for place, one in enumerate(body) if names & _names(one))
            body[place:place] = self.lifted
        return updated_node.with_changes(body=[*body, *values])


def _returning(name: cst.Name, parameters: cst.Parameters, value: cst.BaseExpression) -> cst.FunctionDef:
    return cst.FunctionDef(name, parameters, cst.IndentedBlock([cst.SimpleStatementLine([cst.Return(value)])]))


def _assigned(statement: cst.BaseStatement) -> list[tuple[str, cst.BaseExpression]]:
    """Give the name and the value that a statement of a module assigns."""
    one = statement.body[0] if isinstance(statement, cst.SimpleStatementLine) else None
    target = one.targets[0].target if isinstance(one, cst.Assign) and len(one.targets) == 1 else one.target if isinstance(one, cst.AnnAssign) else None
    return [(target.value, one.value)] if isinstance(target, cst.Name) and isinstance(one, cst.Assign | cst.AnnAssign) and one.value else []


def _names(node: cst.CSTNode) -> set[str]:
    found: set[str] = set()

    class _Reader(cst.CSTVisitor):
        def visit_Name(self, node: cst.Name) -> None:
            found.add(node.value)

    node.visit(_Reader())
    return found


def _constants(source: str) -> dict[str, set[str]]:
    """Give the constants that hold a number or a text, or are made of one that does, each with the names in its value; types are none."""
    found: dict[str, set[str]] = {}
    for one in ast.parse(source).body:
        target = one.targets[0] if isinstance(one, ast.Assign) else one.target if isinstance(one, ast.AnnAssign) else None
        if not isinstance(target, ast.Name) or not isinstance(one, ast.Assign | ast.AnnAssign) or one.value is None:
            continue
        inside = list(ast.walk(one.value))
        names = {part.id for part in inside if isinstance(part, ast.Name)}
        # Whether a text for people stands in both catalogues is checked elsewhere; a Literal is a type.
        if names & {"_l", "Literal"}:
            continue
        if any(isinstance(part, ast.Constant) for part in inside) or names & set(found):
            found[target.id] = names
    return found


def constants_after(source: str, name: str) -> list[str]:
    """Give the constant and those that are made of it, in the order of the module."""
    after = [name]
    for other, names in _constants(source).items():
        if names & set(after):
            after.append(other)
    return after


def plain(source: str) -> str:
    """Give the module without decorators of functions and without lambdas outside functions, and with a function for each constant."""
    return cst.parse_module(source).visit(_Plain(_constants(source))).code
