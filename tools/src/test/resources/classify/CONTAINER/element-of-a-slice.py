def split(node, key, at):
    node.children = {key[at:][0]: node}  # hot
