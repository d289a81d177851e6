"""The board: squares and who stands on them."""


class Board:
    def __init__(self, width, height):
        self.width = width
        self.height = height
        self.pieces = {}

    def put(self, square, piece):
        from game import rules
        rules.require_free(self, square)
        self.pieces[square] = piece
        piece.square = square

    def holds(self, square):
        x, y = square
        return 0 <= x < self.width and 0 <= y < self.height

    def moves(self):
        from game import pieces
        return [(piece, to) for piece in self.pieces.values() for to in pieces.targets(self, piece)]
