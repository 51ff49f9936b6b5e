def load(futures):
    images = []
    for future in futures:
        image = future.result()  # hot
        images.append(image)
    return images
