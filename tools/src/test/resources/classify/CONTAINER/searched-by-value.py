def delete(node):
    for key, child in node.parent.children.items():  # hot
        if child == node:
            break
    del node.parent.children[key]
