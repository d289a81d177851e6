"""The pieces and where they may go."""

STEPS = {"king": [(1, 0), (0, 1), (-1, 0), (0, -1)], "knight": [(1, 2), (2, 1), (-1, -2), (-2, -1)]}


class Piece:
    def __init__(self, kind, side):
        self.kind = kind
        self.side = side
        self.square = None


def targets(board, piece):
    from game import rules
    x, y = piece.square
    reached = {board.at((x + dx, y + dy)) for dx, dy in STEPS[piece.kind]}
    return sorted(square for square in reached if rules.may_go(board, piece, square))


def new_board(wraps=False):
    from game import board
    return board.Board(4, 4, wraps)
