"""Nothing but the ledger writes stock figures. The model refuses at run time; this finds the attempt before it runs."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.architecture.file_sizes import ROOT, tracked_files

FIGURES = {"num_in_stock", "num_allocated"}
LEDGER = "shop/stock/ledger.py"
#: Calls whose keywords name a field in order to read it.
READS = {"filter", "exclude", "get", "Q", "annotate", "aggregate", "values", "alias", "order_by"}
WRITES_BY_SQL = re.compile(r"(UPDATE|INSERT\s+INTO|DELETE\s+FROM)\s+(partner_stockrecord|stock_\w+)", re.IGNORECASE)
#: What only the ledger may create or change.
BOOKS = {"Move", "Balance"}


def writes(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and name of every figure that is written: assigned, passed by keyword, put in a dict, listed for a form."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.Assign, ast.AugAssign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                if isinstance(target, ast.Attribute) and target.attr in FIGURES:
                    yield node.lineno, target.attr
                if isinstance(target, ast.Name) and target.id == "fields" and node.value:
                    yield from ((node.lineno, name) for name in _strings(node.value) if name in FIGURES)
        elif isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name not in READS:
                yield from ((node.lineno, word.arg) for word in node.keywords if word.arg in FIGURES)
            if name == "setattr" and len(node.args) > 1:
                yield from ((node.lineno, text) for text in _strings(node.args[1]) if text in FIGURES)
        elif isinstance(node, ast.Dict):
            for key in node.keys:
                if isinstance(key, ast.Constant) and key.value in FIGURES:
                    yield key.lineno, key.value
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and WRITES_BY_SQL.search(node.value):
            yield node.lineno, "SQL"


def _strings(node: ast.AST) -> list[str]:
    """The literal strings of a list, a tuple or a constant; a comprehension that leaves one out names no field."""
    if isinstance(node, (ast.List, ast.Tuple)):
        return [text for element in node.elts for text in _strings(element)]
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def sources() -> Iterator[tuple[str, ast.AST]]:
    for path in tracked_files():
        name = path.relative_to(ROOT)
        if path.suffix == ".py" and "tests" not in name.parts and not any("migrations" in part for part in name.parts):
            yield name.as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def test_stock_figures_are_written_in_one_module():
    found = []
    for name, tree in sources():
        # An order line has a num_allocated of its own, which check_stock compares with the ledger.
        allowed = {"num_allocated"} if name.startswith("shop/order/") else set()
        found += [
            f"{name}:{line} {figure}" for line, figure in writes(tree) if name != LEDGER and figure not in allowed
        ]
    assert found == []


def test_ledger_is_seen_to_write_both_figures():
    [tree] = [tree for name, tree in sources() if name == LEDGER]
    assert {figure for _line, figure in writes(tree)} == FIGURES


def test_moves_and_balances_are_written_in_one_module():
    found = set()
    for name, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in {"create", "update", "bulk_create", "get_or_create"}:
                manager = ast.unparse(node.value)
                if any(manager.startswith(f"{model}.") for model in BOOKS):
                    found.add(name)
    assert found == {LEDGER}


@pytest.mark.parametrize(
    "planted",
    [
        "record.num_in_stock = 5",
        "record.num_allocated += 1",
        "StockRecord.objects.update(num_in_stock=F('num_in_stock') - 1)",
        "StockRecord(num_in_stock=5)",
        "update_or_create(sku=1, defaults={'num_in_stock': 5})",
        "setattr(record, 'num_allocated', 0)",
        "class Meta:\n    fields = ['price', 'num_in_stock']",
        "cursor.execute('update partner_stockrecord set num_in_stock = 3')",
        "cursor.execute('INSERT INTO stock_move VALUES (1)')",
    ],
)
def test_the_search_sees_each_way_of_writing(planted):
    assert len(list(writes(ast.parse(planted)))) == 1


@pytest.mark.parametrize(
    "harmless", ["print(record.num_in_stock)", "records.filter(num_in_stock=0)", "values_list('num_in_stock')"]
)
def test_the_search_lets_reading_pass(harmless):
    assert list(writes(ast.parse(harmless))) == []
