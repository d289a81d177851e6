"""What is allowed."""


def require_free(board, square):
    if not board.holds(square) or square in board.pieces:
        raise ValueError(f"{square} is not free")


def may_go(board, piece, square):
    if not board.holds(square):
        return False
    other = board.pieces.get(square)
    return other is None or other.side != piece.side


def mobility(board, side):
    from game import pieces
    return sum(len(pieces.targets(board, piece)) for piece in board.pieces.values() if piece.side == side)


def start():
    from game import board
    return board.Board(4, 4)
