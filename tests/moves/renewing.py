from tests.moves.scenes import Recipe

RECIPES: dict[tuple[str, str], Recipe] = {}
