"""What axe says about the page at hand."""

from axe_playwright_python.sync_playwright import Axe


def violations(page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{item['id']}: {node['target']} {node.get('failureSummary', '')[:200]}"
        for item in found
        for node in item["nodes"]
    ]
