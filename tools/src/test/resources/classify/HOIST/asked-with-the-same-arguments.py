def resolve(self, tokenizer):
    processor = cached_processor_factory.get_processor(tokenizer.name)  # hot
    return processor.template
