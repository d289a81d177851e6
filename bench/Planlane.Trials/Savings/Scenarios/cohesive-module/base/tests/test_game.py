import unittest

from game.board import Board
from game.pieces import Piece


class GameTests(unittest.TestCase):
    def test_king_in_the_corner_has_two_moves(self):
        board = Board(4, 4)
        board.put((0, 0), Piece("king", "white"))
        self.assertEqual(sorted(to for _, to in board.moves()), [(0, 1), (1, 0)])
