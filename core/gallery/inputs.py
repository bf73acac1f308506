"""Inputs and kernels that figures of several chapters share."""

FIVE = "[1 2 3 4 5; 2 1 0 1 2; 3 0 1 1 0; 1 4 1 1 2; 2 1 1 0 0]"
CROSS = "[1 0 1; 1 0 1; 0 1 0]"
FOUR = "[1 3 2 1; 4 6 5 0; 7 2 9 8; 1 0 3 4]"
THREE_CHANNELS = "[[[1,2,0],[0,1,3],[2,1,1]],[[0,1,1],[2,0,1],[1,1,2]],[[1,0,2],[1,1,0],[0,2,1]]]"
