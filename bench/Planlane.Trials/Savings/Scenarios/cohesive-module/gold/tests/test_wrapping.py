import unittest

from game import rules
from game.pieces import Piece, new_board


class WrappingTests(unittest.TestCase):
    def test_king_in_the_corner_of_a_board_that_wraps_has_four_moves(self):
        board = new_board(wraps=True)
        board.put((0, 0), Piece("king", "white"))
        self.assertEqual(sorted(to for _, to in board.moves()), [(0, 1), (0, 3), (1, 0), (3, 0)])

    def test_mobility_counts_over_the_edge(self):
        board = rules.start(wraps=True)
        board.put((0, 0), Piece("king", "white"))
        board.put((3, 0), Piece("king", "white"))
        self.assertEqual(rules.mobility(board, "white"), 6)
