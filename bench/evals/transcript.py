"""Calls and tokens of an agent, from what it printed: the JSON lines of `claude -p --output-format stream-json
--verbose` and of `codex exec --json`. Where an agent prints none, both are unknown."""

import json


class Transcript:
    def __init__(self, text):
        self.calls, self.tokens = None, None
        for line in text.splitlines():
            try:
                event = json.loads(line)
            except ValueError:
                continue
            if isinstance(event, dict):
                self._take(event)

    def _take(self, event):
        kind = event.get("type")
        if kind == "assistant":
            content = event.get("message", {}).get("content", [])
            self._count(sum(block.get("type") == "tool_use" for block in content))
        elif kind == "item.completed":
            item = event.get("item", {}).get("type")
            self._count(item in ("command_execution", "mcp_tool_call", "file_change"))
        elif kind in ("result", "turn.completed") and event.get("usage"):
            # All that was read and written; what a cache answered counts as read, once for each turn.
            read = sum(event["usage"].get(each) or 0 for each in (
                "input_tokens", "output_tokens", "cache_creation_input_tokens", "cache_read_input_tokens"))
            self.tokens = (self.tokens or 0) + read

    def _count(self, more):
        self.calls = (self.calls or 0) + more
