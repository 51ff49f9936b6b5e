class Layer:
    def forward(self, x):
        context = get_forward_context()  # hot
        return context.run(x)
