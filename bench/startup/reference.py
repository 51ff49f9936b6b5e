"""The least that a server with version 2 of the Python MCP SDK does, for comparison: one tool."""

from mcp.server.mcpserver import MCPServer

server = MCPServer("reference")


@server.tool()
def add(first: int, second: int) -> int:
    """Adds two numbers."""
    return first + second


server.run()
