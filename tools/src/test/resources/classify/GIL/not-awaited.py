class Renderer:
    async def render(self, prompts):
        return self.render_now(prompts)  # hot
