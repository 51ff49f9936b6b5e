class Renderer:
    async def render(self, prompts):
        return await self.render_later(prompts)  # hot
